import { byteAt, hexNumber } from '../base/bytes';
import { reserve } from '../base/memory';
import { storeCodePoint } from '../base/utf8';

/** How long the escape at `at` (a backslash) is, and what it stands for; the length is 0 where it is none. */
let point: i32 = 0;

function escapeAt(at: usize, end: usize): i32 {
  switch (byteAt(at + 1)) {
    case 0x75: // u
      if (byteAt(at + 2) === 0x7b) return bracedAt(at, end);
      point = hexNumber(at + 2, end, 4);
      return point < 0 ? 0 : 6;
    case 0x55: // U
      point = hexNumber(at + 2, end, 8);
      return point < 0 || point > 0x10ffff ? 0 : 10;
    case 0x78: // x
      point = hexNumber(at + 2, end, 2);
      return point < 0 ? 0 : 4;
    default:
      return octalAt(at, end);
  }
}

/** `\u{1F600}` */
function bracedAt(at: usize, end: usize): i32 {
  let digits = 1;
  while (digits <= 6 && hexNumber(at + 3, end, digits) >= 0) digits++;
  digits--;
  if (digits === 0 || at + 3 + digits >= end || byteAt(at + 3 + digits) !== 0x7d) return 0;
  point = hexNumber(at + 3, end, digits);
  return point > 0x10ffff ? 0 : 4 + digits;
}

/** `\074`: three digits, so that `\1` of a pattern is left alone. */
function octalAt(at: usize, end: usize): i32 {
  if (at + 4 > end) return 0;
  point = 0;
  for (let i = 1; i <= 3; i++) {
    const digit = byteAt(at + i) - 0x30;
    if (digit < 0 || digit > 7) return 0;
    point = (point << 3) | digit;
  }
  return point > 0xff ? 0 : 4;
}

/**
 * Decodes the escapes that programming languages know: `\u003c`, `\u{3c}`, `\x3c`, `\074`. The end of the text in newly
 * reserved memory, or 0 where there was none.
 */
export function decodeEscapes(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  let found = false;
  while (at < end) {
    const byte = byteAt(at);
    const length = byte === 0x5c ? escapeAt(at, end) : 0;
    if (length === 0) {
      store<u8>(to++, byte);
      at++;
    } else {
      to = storeCodePoint(to, point);
      at += length;
      found = true;
    }
  }
  store<u8>(to, 0);
  return found ? to : 0;
}
