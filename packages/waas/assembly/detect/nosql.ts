// NoSQL injection: operators where a function expects a value, as a member's name or written out in text.
import { byteAt, Is, is, lower } from '../base/bytes';
import { Has } from '../base/facts';
import { hashByte, NO_BYTES } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { isKeyDecoded } from '../field';
import { report } from '../verdicts';

export function detectNosql(at: usize, end: usize, facts: i32): void {
  if (!(facts & Has.DOLLAR)) return;
  const start = at;
  for (; at < end; at++) {
    if (byteAt(at) !== 0x24) continue;
    const operator = at;
    let hash = hashByte(NO_BYTES, 0x24);
    at++;
    while (at < end && is(byteAt(at), Is.LETTER)) hash = hashByte(hash, lower(byteAt(at++)));
    if (!(furtherWord(hash) & Further.NOSQL_OPERATOR)) continue;
    if (isKeyDecoded() && operator === start && at === end)
      report(Class.NOSQL, 85, 'is an operator of a document database', start, end);
    else if (standsAsKey(start, operator, at, end))
      report(Class.NOSQL, 80, 'has an operator of a document database', operator, at);
  }
}

/** `[$ne]`, `{"$ne":`, `{$ne:` */
function standsAsKey(start: usize, at: usize, stop: usize, end: usize): bool {
  if (at === start) return false;
  let before = byteAt(at - 1);
  let next = stop;
  if (before === 0x5b) return next < end && byteAt(next) === 0x5d;
  if ((before === 0x22 || before === 0x27) && at - 1 > start) {
    if (next >= end || byteAt(next) !== before) return false;
    next++;
    before = byteAt(at - 2);
  }
  while (next < end && is(byteAt(next), Is.SPACE)) next++;
  return (before === 0x7b || before === 0x2c || before === 0x20) && next < end && byteAt(next) === 0x3a;
}
