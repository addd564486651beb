import { byteAt } from '../base/bytes';
import { reserve } from '../base/memory';

/**
 * Turns what some parsers take for ASCII into it: overlong UTF-8 (`c0 ae` for a dot), fullwidth forms (U+FF01 to U+FF5E),
 * and the look-alikes that databases and file systems map by best fit. The end of the text in newly reserved memory,
 * or 0 where there was none.
 */
export function decodeWide(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  let found = false;
  while (at < end) {
    const byte = byteAt(at);
    const size = byte < 0xc0 ? 1 : sizeOf(byte);
    const ascii = size > 1 && at + size <= end ? asciiOf(at, byte, size) : -1;
    if (ascii < 0) {
      store<u8>(to++, byte);
      at++;
    } else {
      store<u8>(to++, ascii);
      at += size;
      found = true;
    }
  }
  store<u8>(to, 0);
  return found ? to : 0;
}

/** How many bytes a sequence has that begins so, the five and six of UTF-8's first definition (RFC 2279) included. */
function sizeOf(first: i32): i32 {
  return first >= 0xfe
    ? 1
    : first >= 0xfc
      ? 6
      : first >= 0xf8
        ? 5
        : first >= 0xf0
          ? 4
          : first >= 0xe0
            ? 3
            : 2;
}

function asciiOf(at: usize, first: i32, size: i32): i32 {
  let point = first & ((1 << (7 - size)) - 1);
  for (let i = 1; i < size; i++) {
    const next = byteAt(at + i);
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  if (point < 0x80) return point;
  if (point >= 0xff01 && point <= 0xff5e) return point - 0xfee0;
  // Enclosed digits and letters, which names of hosts are normalised from.
  if (point >= 0x2460 && point <= 0x2468) return point - 0x242f;
  if (point >= 0x24b6 && point <= 0x24cf) return point - 0x2475;
  if (point >= 0x24d0 && point <= 0x24e9) return point - 0x246f;
  return lookAlike(point);
}

function lookAlike(point: i32): i32 {
  switch (point) {
    case 0x2018:
    case 0x2019:
    case 0x02b9:
    case 0x02bc:
    case 0x2032:
      return 0x27;
    case 0x201c:
    case 0x201d:
    case 0x2033:
    case 0x02ba:
      return 0x22;
    case 0x2039:
    case 0x2329:
    case 0x3008:
      return 0x3c;
    case 0x203a:
    case 0x232a:
    case 0x3009:
      return 0x3e;
    case 0x2044:
    case 0x2215:
      return 0x2f;
    case 0x2216:
      return 0x5c;
    case 0x24ea:
      return 0x30;
    case 0x2024:
    case 0x3002:
      return 0x2e;
    case 0x037e:
      return 0x3b;
    case 0x00a0:
    case 0x3000:
      return 0x20;
    default:
      return -1;
  }
}
