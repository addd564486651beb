import { byteAt, Is, is, skip } from '../../base/bytes';
import { isNameByte } from './names';

/** Where the number ends that begins at `from`: `12`, `1.5e3`, `.5`, `0xff`; `1.e` is one too, before a sign. */
export function numberEnd(from: usize, end: usize): usize {
  if (byteAt(from) === 0x30 && (byteAt(from + 1) | 0x20) === 0x78) return skip(from + 2, end, Is.HEX);
  let at = skip(from, end, Is.DIGIT);
  if (byteAt(at) === 0x2e) at = skip(at + 1, end, Is.DIGIT);
  if ((byteAt(at) | 0x20) !== 0x65) return at;
  const sign = byteAt(at + 1);
  const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
  if (is(byteAt(digits), Is.DIGIT)) return skip(digits, end, Is.DIGIT);
  return byteAt(at - 1) === 0x2e && !isNameByte(sign) ? at + 1 : at;
}
