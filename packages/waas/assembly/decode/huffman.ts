// Canonical Huffman codes as DEFLATE has them (RFC 1951, 3.2.2): the lengths of all words give the words.
import { byteAt } from '../base/bytes';

const LONGEST: i32 = 15;

/** For each length how many words have it, the first of them, and where their symbols end; then the symbols by word. All u16: 96 bytes and two a symbol. */
const FIRST_AT: usize = 32;
const PLACE_AT: usize = 64;
const SYMBOLS_AT: usize = 96;

/** Builds the code whose symbols from 0 on have words of these lengths (a byte each; 0 for none). False where there are more words than fit. */
export function buildCode(code: usize, lengths: usize, symbols: i32): bool {
  memory.fill(code, 0, SYMBOLS_AT);
  for (let i = 0; i < symbols; i++) {
    const slot = code + (byteAt(lengths + i) << 1);
    store<u16>(slot, load<u16>(slot) + 1);
  }
  store<u16>(code, 0);
  let word = 0;
  let place = 0;
  for (let length = 1; length <= LONGEST; length++) {
    const slot = code + (length << 1);
    word <<= 1;
    store<u16>(slot, word, FIRST_AT);
    store<u16>(slot, place, PLACE_AT);
    place += load<u16>(slot);
    word += load<u16>(slot);
    if (word > 1 << length) return false;
  }
  for (let i = 0; i < symbols; i++) {
    const length = byteAt(lengths + i);
    if (length === 0) continue;
    const slot = code + (length << 1);
    const next = <i32>load<u16>(slot, PLACE_AT);
    store<u16>(code + (next << 1), i, SYMBOLS_AT);
    store<u16>(slot, next + 1, PLACE_AT);
  }
  return true;
}

/** The symbol that this word of this length stands for, or -1. */
export function symbolWith(code: usize, word: i32, length: i32): i32 {
  const slot = code + (length << 1);
  const behind = word - <i32>load<u16>(slot, FIRST_AT) - <i32>load<u16>(slot);
  if (behind >= 0 || behind < -(<i32>load<u16>(slot))) return -1;
  return load<u16>(code + ((<i32>load<u16>(slot, PLACE_AT) + behind) << 1), SYMBOLS_AT);
}
