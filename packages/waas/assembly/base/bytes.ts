// Characters and their classes. Text is a span of bytes, `at` to (not including) `end`, in UTF-8. Behind each span that
// is judged stands a zero byte, so a look at `end` itself is safe and finds nothing.

/** What a byte is; several may hold. */
export enum Is {
  LETTER = 1,
  DIGIT = 2,
  /** `_`, `$`, `@`, `#` and bytes above 127 are no letters, but stand in names of some languages. */
  UNDERSCORE = 4,
  SPACE = 8,
  HEX = 16,
  HIGH = 32,
  CONTROL = 64,
}

const classes: usize = memory.data(256);

function addRange(from: i32, to: i32, is: Is): void {
  for (let byte = from; byte <= to; byte++) store<u8>(classes + byte, load<u8>(classes + byte) | is);
}

addRange(0x41, 0x5a, Is.LETTER);
addRange(0x61, 0x7a, Is.LETTER);
addRange(0x30, 0x39, Is.DIGIT | Is.HEX);
addRange(0x41, 0x46, Is.HEX);
addRange(0x61, 0x66, Is.HEX);
addRange(0x5f, 0x5f, Is.UNDERSCORE);
addRange(0x09, 0x0d, Is.SPACE);
addRange(0x20, 0x20, Is.SPACE);
addRange(0x00, 0x1f, Is.CONTROL);
addRange(0x7f, 0x7f, Is.CONTROL);
addRange(0x80, 0xff, Is.HIGH);

/** Whether the byte is one of these: `is(byte, Is.LETTER | Is.DIGIT)`. */
export function is(byte: i32, what: i32): bool {
  return (load<u8>(classes + byte) & what) !== 0;
}

export function byteAt(at: usize): i32 {
  return <i32>load<u8>(at);
}

/** A letter in lower case; other bytes as they are. */
export function lower(byte: i32): i32 {
  return is(byte, Is.LETTER) ? byte | 0x20 : byte;
}

/** Whether names of most languages may hold the byte. */
export function isOfName(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE);
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(byte: i32): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The first place from `at` on whose byte is not of these classes, or `end`. */
export function skip(at: usize, end: usize, what: i32): usize {
  while (at < end && is(byteAt(at), what)) at++;
  return at;
}

/** The first place of `byte`, or `end`. */
export function find(at: usize, end: usize, byte: i32): usize {
  while (at < end && byteAt(at) !== byte) at++;
  return at;
}

/** Whether the text at `at` begins with `word` (ASCII, lower case in the source), whatever its case. */
export function startsWith(at: usize, end: usize, word: string): bool {
  const length = word.length;
  if (<i32>(end - at) < length) return false;
  for (let i = 0; i < length; i++) if (lower(byteAt(at + i)) !== word.charCodeAt(i)) return false;
  return true;
}

/** Whether the text at `at` begins with exactly these characters (ASCII). */
export function startsExactly(at: usize, end: usize, word: string): bool {
  const length = word.length;
  if (<i32>(end - at) < length) return false;
  for (let i = 0; i < length; i++) if (byteAt(at + i) !== word.charCodeAt(i)) return false;
  return true;
}

/** Where the text next has this word (in lower case), in letters of either case; `end` where it has not. */
export function findWord(at: usize, end: usize, word: string): usize {
  while (at < end && !startsWith(at, end, word)) at++;
  return at;
}

/** Whether exactly these characters stand anywhere in the text. */
export function contains(at: usize, end: usize, word: string): bool {
  for (; at < end; at++) if (startsExactly(at, end, word)) return true;
  return false;
}

/** The number that `digits` hexadecimal digits at `at` write, or -1 where they are not all there. */
export function hexNumber(at: usize, end: usize, digits: i32): i32 {
  if (at + digits > end) return -1;
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const digit = hexValue(byteAt(at + i));
    if (digit < 0) return -1;
    value = (value << 4) | digit;
  }
  return value;
}
