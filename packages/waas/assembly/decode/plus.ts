import { byteAt } from '../base/bytes';
import { reserve } from '../base/memory';

/** Forms and query strings write a space as `+`. The end of the text with spaces instead, in newly reserved memory. */
export function decodePlus(at: usize, end: usize): usize {
  let to = reserve(<i32>(end - at) + 1);
  for (; at < end; at++) {
    const byte = byteAt(at);
    store<u8>(to++, byte === 0x2b ? 0x20 : byte);
  }
  store<u8>(to, 0);
  return to;
}
