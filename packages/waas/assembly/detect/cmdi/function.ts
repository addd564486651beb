// Functions of a POSIX shell in a value: what bash ran from its environment (`() { :;}; id`), and the one that calls itself
// until nothing is left (`f(){ f|f& };f`).
import { byteAt, Is, is } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { skipBlanks } from './command';

/** Judges the empty parentheses at `at`. */
export function findFunction(start: usize, at: usize, end: usize): void {
  const brace = skipBlanks(at + 2, end);
  if (byteAt(brace) !== 0x7b) return;
  const body = skipBlanks(brace + 1, end);
  const before = byteAt(at - 1);
  if (at === start || before === 0x20 || before === 0x3d || before === 0x22 || before === 0x27) {
    if (isIdle(body, end))
      report(Class.CMDI, 95, 'defines a function in the way that bash once ran on import', at, end);
    else if (body >= end)
      report(Class.CMDI, 60, 'defines a function in the way that bash once ran on import', at, end);
    return;
  }
  let name = at;
  const limit = max(start, at - min(at - start, 32));
  while (
    name > limit &&
    !is(byteAt(name - 1), Is.SPACE) &&
    byteAt(name - 1) !== 0x3b &&
    byteAt(name - 1) !== 0x26 &&
    byteAt(name - 1) !== 0x7c
  )
    name--;
  const length = at - name;
  if (length === 0 || memory.compare(name, body, length) !== 0) return;
  let rest = body + length;
  if (byteAt(rest) === 0x28 && byteAt(rest + 1) === 0x29) rest += 2;
  rest = skipBlanks(rest, end);
  if (byteAt(rest) !== 0x7c && byteAt(rest) !== 0x26) return;
  rest = skipBlanks(rest + 1, end);
  if (memory.compare(name, rest, length) === 0)
    report(Class.CMDI, 90, 'defines a function that starts itself twice', name, end);
}

/** `:;`, `_;`, `0;`, `true;`, `ignored;`: a body that does nothing, and more behind it. */
function isIdle(at: usize, end: usize): bool {
  const limit = min(end, at + 16);
  while (at < limit && (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byteAt(at) === 0x3a)) at++;
  at = skipBlanks(at, end);
  if (byteAt(at) !== 0x3b) return false;
  at = skipBlanks(at + 1, end);
  return byteAt(at) === 0x7d || byteAt(at) === 0x3b;
}
