// Words are looked up by their hash (FNV-1a, 32 bits) alone: another text is taken for one of a few hundred words once in some
// millions of times. A lexer that reads a word anyway can hash it on its way: `hash = hashByte(hash, byte)`.
import { byteAt, lower } from './bytes';

/** The hash of no bytes. */
export const NO_BYTES: u32 = 0x811c9dc5;

export function hashByte(hash: u32, byte: i32): u32 {
  return (hash ^ byte) * 0x01000193;
}

/** The hash of the text in lower case. */
export function hashOf(at: usize, end: usize): u32 {
  let hash = NO_BYTES;
  for (; at < end; at++) hash = hashByte(hash, lower(byteAt(at)));
  return hash;
}

/** The hash of a word of the source (in lower case), or of the bytes hashed so far with the word behind them. */
export function hashWord(word: string, hash: u32 = NO_BYTES): u32 {
  for (let i = 0; i < word.length; i++) hash = hashByte(hash, word.charCodeAt(i));
  return hash;
}

/**
 * Looks up a table that `scripts/write-word-tables.mjs` made, of `size` slots with open addressing: the hash's upper 24 bits, and
 * which of the values behind the slots the word has, from 1 on. Of the lower eight bits the slot tells enough.
 */
export function lookUp(table: usize, size: u32, hash: u32): i32 {
  let slot = hash & (size - 1);
  while (true) {
    const entry = load<u32>(table + ((<usize>slot) << 2));
    if (entry === 0) return 0;
    if ((entry ^ hash) < 256) return load<i32>(table + ((<usize>(size - 1 + (entry & 255))) << 2));
    slot = (slot + 1) & (size - 1);
  }
}
