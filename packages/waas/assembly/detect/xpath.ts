// XPath injection: a value that leaves its string and goes on with a path, an axis or a function of XPath.
import { byteAt, Is, is, lower } from '../base/bytes';
import { Has } from '../base/facts';
import { hashByte, NO_BYTES } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { report } from '../verdicts';

export function detectXpath(at: usize, end: usize, facts: i32): void {
  if (facts & (Has.NEWLINE | Has.BACKTICK) || !(facts & (Has.SLASH | Has.COLON | Has.BRACKET))) return;
  if (!(facts & (Has.SINGLE_QUOTE | Has.DOUBLE_QUOTE | Has.PARENTHESIS | Has.PIPE))) return;
  const start = at;
  let paths = 0;
  let functions = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (byte === 0x2f && beginsPath(start, at, end)) paths++;
    if (!is(byte, Is.LETTER)) continue;
    let hash = NO_BYTES;
    while (at < end && (is(byteAt(at), Is.LETTER) || byteAt(at) === 0x2d))
      hash = hashByte(hash, lower(byteAt(at++)));
    const sets = furtherWord(hash);
    if (sets & Further.AXIS && byteAt(at) === 0x3a && byteAt(at + 1) === 0x3a) paths += 2;
    if (sets & Further.XPATH_FUNCTION && byteAt(at) === 0x28) functions++;
  }
  if (paths >= 2 || (paths > 0 && functions > 0))
    report(Class.XPATH, 75, 'goes on with a path of XPath', start, end);
}

/** `//name`, `//*`, `/*[`, `/text()` behind what can't be part of an address or a plain path. */
function beginsPath(start: usize, at: usize, end: usize): bool {
  let last = at;
  while (last > start && is(byteAt(last - 1), Is.SPACE)) last--;
  const before = last > start ? byteAt(last - 1) : 0;
  const isBehindOperator =
    before === 0x28 ||
    before === 0x7c ||
    before === 0x20 ||
    before === 0x3d ||
    before === 0x2c ||
    before === 0x5d;
  if (!isBehindOperator) return false;
  const next = byteAt(at + 1);
  if (next === 0x2f) return at + 2 < end && (byteAt(at + 2) === 0x2a || is(byteAt(at + 2), Is.LETTER));
  return next === 0x2a && byteAt(at + 2) === 0x5b;
}
