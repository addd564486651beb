import { byteAt, Is, is } from '../../base/bytes';
import { adjust, count } from './evidence';
import { tokenAt, tokenEnd, tokenQuote } from './lexer';
import { Reading, Value } from './reading';

/** What the current string is worth as a value: attacks compare strings that are a word or two; what stands between quotes in code is rather code. */
export function stringValue(): Value {
  for (let at = tokenAt + 1; at + 1 < tokenEnd; at++)
    if (!is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE | Is.HIGH) && !isPlainSign(byteAt(at)))
      return Value.TEXT;
  return Value.CONSTANT;
}

/** Signs of words, dates, addresses, paths, patterns. */
function isPlainSign(byte: i32): bool {
  return (
    byte === tokenQuote ||
    byte === 0x20 ||
    byte === 0x25 ||
    (byte >= 0x2d && byte <= 0x2f) ||
    byte === 0x3a ||
    byte === 0x40
  );
}

export function countVariable(): void {
  const system = byteAt(tokenAt + 1) === 0x40;
  if (Reading.left || (system && Reading.tokens > 0 && !Reading.named))
    count(system ? 45 : 10, 'reads a variable of the database');
}

/** Hexadecimal literals are rare outside of attacks; three of them count. */
export function countHex(): void {
  if (
    tokenEnd - tokenAt < 4 ||
    (byteAt(tokenAt + 1) | 0x20) !== 0x78 ||
    !Reading.left ||
    Reading.hexPoints >= 15
  )
    return;
  Reading.hexPoints += 5;
  adjust(5);
}
