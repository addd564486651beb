import { byteAt, Is, is } from '../base/bytes';
import { reserve } from '../base/memory';

/** What a character stands for, 64 for `=`, or -1. Both alphabets of RFC 4648. */
export function base64Value(byte: i32): i32 {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41;
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x47;
  if (byte >= 0x30 && byte <= 0x39) return byte + 4;
  if (byte === 0x2b || byte === 0x2d) return 62;
  if (byte === 0x2f || byte === 0x5f) return 63;
  return byte === 0x3d ? 64 : -1;
}

/** The shortest text that is taken for base64 by its looks: four bytes of a payload. Shorter ones are words by chance. */
const SHORTEST: usize = 8;

/** Decodes what may be base64; see `decodeKnownBase64`. 0 also where the text is too short to tell. */
export function decodeBase64(at: usize, end: usize): usize {
  return end - at < SHORTEST ? 0 : decodeKnownBase64(at, end);
}

/**
 * Decodes base64 into newly reserved memory, followed by a zero byte; line breaks are skipped. The end, or 0 where the text
 * is no base64.
 */
export function decodeKnownBase64(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  let bits = 0;
  let count = 0;
  let padding = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (is(byte, Is.SPACE)) continue;
    const value = base64Value(byte);
    if (value < 0) return 0;
    if (value === 64) {
      padding++;
      continue;
    }
    if (padding > 0) return 0;
    bits = (bits << 6) | value;
    if ((++count & 3) === 0) {
      store<u8>(to++, bits >> 16);
      store<u8>(to++, bits >> 8);
      store<u8>(to++, bits);
    }
  }
  if (padding > 2 || (count & 3) === 1) return 0;
  if ((count & 3) === 2) store<u8>(to++, bits >> 4);
  if ((count & 3) === 3) {
    store<u8>(to++, bits >> 10);
    store<u8>(to++, bits >> 2);
  }
  store<u8>(to, 0);
  return to;
}

/** Whether bytes read as text: no control characters but white space, and hardly any bytes above ASCII. */
export function isText(at: usize, end: usize): bool {
  const length = <i32>(end - at);
  let high = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (is(byte, Is.CONTROL) && !is(byte, Is.SPACE) && byte !== 0) return false;
    if (byte >= 0x80) high++;
  }
  return high * 4 <= length;
}
