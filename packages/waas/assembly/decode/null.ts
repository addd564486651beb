import { byteAt } from '../base/bytes';
import { reserve } from '../base/memory';

/**
 * Leaves out zero bytes: parsers written in C end at one or skip it, and ASCII in UTF-16 has one in each character.
 * The end of the text in newly reserved memory, or 0 where there was none.
 */
export function decodeNull(at: usize, end: usize): usize {
  const length = <i32>(end - at);
  let to = reserve(length + 1);
  const start = to;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte !== 0) store<u8>(to++, byte);
  }
  store<u8>(to, 0);
  return <i32>(to - start) < length ? to : 0;
}
