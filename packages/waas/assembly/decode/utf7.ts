import { byteAt } from '../base/bytes';
import { reserve } from '../base/memory';
import { base64Value } from './base64';

/** Where the last run was read to, and where its characters were written to. */
let readTo: usize = 0;
let writtenTo: usize = 0;

/** Decodes a shifted run of ASCII characters (16 bits each, the upper nine zero): its characters are what attacks hide. */
function decodeRun(at: usize, end: usize, to: usize): bool {
  let bits = 0;
  let held = 0;
  const start = to;
  for (; at < end; at++) {
    const value = base64Value(byteAt(at));
    if (value < 0 || value > 63 || byteAt(at) === 0x2d) break;
    bits = ((bits << 6) | value) & 0x3fffff;
    held += 6;
    if (held >= 16) {
      held -= 16;
      const point = (bits >> held) & 0xffff;
      if (point >= 0x80) return false;
      store<u8>(to++, point);
    }
  }
  readTo = at < end && byteAt(at) === 0x2d ? at + 1 : at;
  writtenTo = to;
  return to > start;
}

/** Decodes the shifted runs of UTF-7 (RFC 2152): `+ADw-` is `<`. The end of the text in newly reserved memory, or 0 where there was none. */
export function decodeUtf7(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  let found = false;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === 0x2b && byteAt(at + 1) === 0x41 && decodeRun(at + 1, end, to)) {
      to = writtenTo;
      at = readTo;
      found = true;
    } else {
      store<u8>(to++, byte);
      at++;
    }
  }
  store<u8>(to, 0);
  return found ? to : 0;
}
