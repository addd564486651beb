// Words are looked up by their hash (FNV-1a, 32 bits) alone: among a few hundred words another text has the same hash once in
// ten million times. A lexer that reads a word anyway can hash it on its way: `hash = hashByte(hash, byte)`.
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

/** Looks up a table that `scripts/write-word-tables.mjs` made: pairs of hash and sets, open addressing. */
export function lookUp(table: usize, mask: u32, hash: u32): i32 {
  let slot = hash & mask;
  while (true) {
    const at = table + <usize>(slot << 3);
    const sets = load<i32>(at, 4);
    if (sets === 0 || load<u32>(at) === hash) return sets;
    slot = (slot + 1) & mask;
  }
}
