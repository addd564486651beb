import { byteAt, hexValue } from '../base/bytes';
import { reserve } from '../base/memory';

/**
 * Decodes `%41` and `%u0041` into newly reserved memory, followed by a zero byte; what is no valid escape stays as it is.
 * The end of the decoded text, or 0 where nothing was escaped.
 */
export function decodePercent(at: usize, end: usize): usize {
  const start = reserve(<i32>(end - at) + 1);
  let to = start;
  let found = false;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === 0x25) {
      const value = hexPair(at + 1, end);
      if (value >= 0) {
        store<u8>(to++, value);
        at += 3;
        found = true;
        continue;
      }
      if ((byteAt(at + 1) | 0x20) === 0x75) {
        const high = hexPair(at + 2, end);
        const low = hexPair(at + 4, end);
        if (high >= 0 && low >= 0) {
          to = storeCodePoint(to, (high << 8) | low);
          at += 6;
          found = true;
          continue;
        }
      }
    }
    store<u8>(to++, byte);
    at++;
  }
  store<u8>(to, 0);
  return found ? to : 0;
}

function hexPair(at: usize, end: usize): i32 {
  if (at + 2 > end) return -1;
  const high = hexValue(byteAt(at));
  const low = hexValue(byteAt(at + 1));
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

/** Writes the code point in UTF-8 (at most three bytes here). Where the next byte goes. */
function storeCodePoint(to: usize, point: i32): usize {
  if (point < 0x80) {
    store<u8>(to, point);
    return to + 1;
  }
  if (point < 0x800) {
    store<u8>(to, 0xc0 | (point >> 6));
    store<u8>(to, 0x80 | (point & 0x3f), 1);
    return to + 2;
  }
  store<u8>(to, 0xe0 | (point >> 12));
  store<u8>(to, 0x80 | ((point >> 6) & 0x3f), 1);
  store<u8>(to, 0x80 | (point & 0x3f), 2);
  return to + 3;
}
