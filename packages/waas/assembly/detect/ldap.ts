// LDAP injection: a value that closes its filter and opens another (RFC 4515).
import { byteAt, Is, is, skip } from '../base/bytes';
import { Has } from '../base/facts';
import { Class } from '../classes';
import { report } from '../verdicts';

const NEEDS: i32 = Has.PARENTHESIS;

export function detectLdap(at: usize, end: usize, facts: i32): void {
  if (
    !(facts & NEEDS) ||
    !(facts & (Has.EQUALS | Has.STAR | Has.PIPE | Has.AMPERSAND)) ||
    facts & Has.NEWLINE
  )
    return;
  const start = at;
  for (; at + 1 < end; at++) {
    if (byteAt(at) !== 0x29) continue;
    const open = skip(at + 1, end, Is.SPACE);
    if (open >= end || byteAt(open) !== 0x28) continue;
    if (opensFilter(open + 1, end)) {
      report(Class.LDAP, 85, 'closes its filter and opens another', start, end);
      return;
    }
  }
}

/** `(|`, `(&)`, `(!(`, `(name=`, `(name>=` */
function opensFilter(at: usize, end: usize): bool {
  const first = byteAt(at);
  if (first === 0x7c || first === 0x26 || first === 0x21)
    return byteAt(at + 1) === 0x28 || byteAt(at + 1) === 0x29 || at + 1 === end;
  const name = at;
  while (
    at < end &&
    (is(byteAt(at), Is.LETTER | Is.DIGIT) ||
      byteAt(at) === 0x2d ||
      byteAt(at) === 0x3a ||
      byteAt(at) === 0x2e)
  )
    at++;
  if (at === name) return false;
  if (byteAt(at) === 0x7e || byteAt(at) === 0x3e || byteAt(at) === 0x3c) at++;
  return at < end && byteAt(at) === 0x3d && byteAt(at + 1) !== 0x3d && byteAt(at + 1) !== 0x3e;
}
