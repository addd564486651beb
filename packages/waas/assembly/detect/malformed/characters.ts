// Bytes that are no text: parsers end at them, skip them, or make something else of them.
import { byteAt, Is, is } from '../../base/bytes';
import { sequenceAt } from '../../base/utf8';
import { Class } from '../../classes';
import { isKey } from '../../field';
import { report } from '../../verdicts';
import { isHeader } from './request-parts';

/** Terminals' colours stand in logs; records of JSON are separated so (RFC 7464). */
const ESCAPE: i32 = 0x1b;
const SEPARATOR: i32 = 0x1e;

export function detectCharacters(at: usize, end: usize): void {
  while (at < end) {
    const byte = byteAt(at);
    const size = byte < 0x80 ? 1 : sequenceAt(at, end);
    if (size === 0) {
      reportSequence(byte, at, end);
      return;
    }
    if (is(byte, Is.CONTROL) && !is(byte, Is.SPACE) && reportControl(byte, at)) return;
    at += size;
  }
}

/** False where the control character may stand in values. */
function reportControl(byte: i32, at: usize): bool {
  const isName = isKey() || isHeader();
  if (!isName && (byte === ESCAPE || byte === SEPARATOR)) return false;
  if (byte === 0) report(Class.MALFORMED, 85, 'has a zero byte', at, at + 1);
  else report(Class.MALFORMED, isName ? 80 : 55, 'has a control character', at, at + 1);
  return true;
}

function reportSequence(first: i32, at: usize, end: usize): void {
  const second = byteAt(at + 1);
  const behind = min(at + 2, end);
  const goesOn = (second & 0xc0) === 0x80;
  const isOverlong =
    first === 0xc0 ||
    first === 0xc1 ||
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xf0 && second < 0x90);
  if (goesOn && isOverlong)
    report(Class.MALFORMED, 90, 'writes a character in more bytes than it takes', at, behind);
  else if (goesOn && first === 0xed)
    report(Class.MALFORMED, 75, 'has half a character, a lone surrogate', at, behind);
  else report(Class.MALFORMED, 55, 'is not written in UTF-8', at, behind);
}
