import { byteAt, hexNumber } from '../base/bytes';
import { reserve } from '../base/memory';
import { storeCodePoint } from '../base/utf8';

/**
 * Decodes `%41` and `%u0041` into newly reserved memory, followed by a zero byte; what is no valid escape stays as it is.
 * The end of the decoded text, or 0 where nothing was escaped.
 */
export function decodePercent(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  let found = false;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === 0x25) {
      const value = hexNumber(at + 1, end, 2);
      if (value >= 0) {
        store<u8>(to++, value);
        at += 3;
        found = true;
        continue;
      }
      const point = (byteAt(at + 1) | 0x20) === 0x75 ? hexNumber(at + 2, end, 4) : -1;
      if (point >= 0) {
        to = storeCodePoint(to, point);
        at += 6;
        found = true;
        continue;
      }
    }
    store<u8>(to++, byte);
    at++;
  }
  store<u8>(to, 0);
  return found ? to : 0;
}
