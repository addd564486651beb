import { byteAt, hexNumber } from '../base/bytes';
import { reserve } from '../base/memory';
import { storeCodePoint } from '../base/utf8';

/** Where the string that was read last ends, behind its closing quote; where it has none, as far as it was looked for. */
let stringEnd: usize = 0;

export function endOfString(): usize {
  return stringEnd;
}

/**
 * Reads the JSON string whose opening quote is at `at` into newly reserved memory, followed by a zero byte. The end of
 * its text, or 0 where it is no string: unclosed, a wrong escape, a control character.
 */
export function readString(at: usize, end: usize): usize {
  let close = ++at;
  let escaped = false;
  for (; close < end; close++) {
    const byte = byteAt(close);
    if (byte === 0x22) break;
    if (byte === 0x5c) {
      escaped = true;
      close++;
    } else if (byte < 0x20) break;
  }
  const isClosed = close < end && byteAt(close) === 0x22;
  stringEnd = isClosed ? close + 1 : min(close, end);
  if (!isClosed) return 0;
  const length = <i32>(close - at);
  const to = reserve(length + 1);
  if (escaped) return decodeString(at, close, to);
  memory.copy(to, at, length);
  store<u8>(to + length, 0);
  return to + length;
}

function decodeString(at: usize, end: usize, to: usize): usize {
  while (at < end) {
    const byte = byteAt(at);
    if (byte !== 0x5c) {
      store<u8>(to++, byte);
      at++;
      continue;
    }
    const letter = byteAt(at + 1);
    if (letter === 0x75) {
      const point = hexNumber(at + 2, end, 4);
      if (point < 0) return 0;
      const low =
        isHigh(point) && byteAt(at + 6) === 0x5c && byteAt(at + 7) === 0x75 ? hexNumber(at + 8, end, 4) : -1;
      if (low >= 0xdc00 && low < 0xe000) {
        to = storeCodePoint(to, 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00));
        at += 12;
      } else {
        to = storeCodePoint(to, point);
        at += 6;
      }
      continue;
    }
    const stands = meaningOf(letter);
    if (stands < 0) return 0;
    store<u8>(to++, stands);
    at += 2;
  }
  store<u8>(to, 0);
  return to;
}

function isHigh(point: i32): bool {
  return point >= 0xd800 && point < 0xdc00;
}

function meaningOf(letter: i32): i32 {
  switch (letter) {
    case 0x22:
    case 0x5c:
    case 0x2f:
      return letter;
    case 0x62:
      return 8;
    case 0x66:
      return 12;
    case 0x6e:
      return 10;
    case 0x72:
      return 13;
    case 0x74:
      return 9;
    default:
      return -1;
  }
}
