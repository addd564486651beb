// Server-side request forgery and open redirects: a value that is an address, and where it leads.
import { byteAt, find, Is, is, skip } from '../base/bytes';
import { Has } from '../base/facts';
import { hashOf } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { Field, fieldAt, fieldEnd, hasField } from '../event/fields';
import { isOfQuery, lastMember, pathEnd } from '../field';
import { isOn } from '../settings';
import { report } from '../verdicts';
import { isParameter } from '../walk/pairs';
import { classifyHost, Host, hostStart, hostStop, readHost, setsOfScheme } from './address';

/** Judges both, as they read the same address. */
export function detectAddress(at: usize, end: usize, facts: i32): void {
  if (!(facts & (Has.COLON | Has.SLASH | Has.BACKSLASH)) || facts & (Has.NEWLINE | Has.LESS)) return;
  at = skip(at, end, Is.SPACE);
  if (!readHost(at, end)) return;
  const field = furtherWord(hashOf(lastMember(), pathEnd()));
  if (isOn(Class.SSRF) && !(field & Further.PAGE_FIELD)) judgeHost(at, end);
  if (isOn(Class.REDIRECT) && field & Further.REDIRECT_FIELD) judgeRedirect(at, end, field);
}

function judgeHost(at: usize, end: usize): void {
  const host = classifyHost();
  if (host === Host.METADATA)
    report(Class.SSRF, 95, 'is an address of the platform, which hands out credentials', at, end);
  else if (setsOfScheme() & Further.SCHEME && find(at, end, 0x2f) < end)
    report(Class.SSRF, 75, 'is an address with a scheme that reaches other services than the web', at, end);
  else if (host === Host.LOCAL) report(Class.SSRF, 80, 'is an address of the function itself', at, end);
  else if (host === Host.PRIVATE) report(Class.SSRF, 70, 'is an address of a private network', at, end);
}

/** In a field that says where to go next: an address of another host, above all one that filters take for a path. */
function judgeRedirect(at: usize, end: usize, field: i32): void {
  const first = byteAt(at);
  // Documents have `//host/picture.png`.
  const asked = isOfQuery() || isParameter();
  const isPlain = first === 0x2f && byteAt(at + 1) === 0x2f && is(byteAt(at + 2), Is.LETTER | Is.DIGIT);
  const isDisguised = !is(first, Is.LETTER) || byteAt(skip(at, end, Is.LETTER) + 1) !== 0x2f;
  if (isDisguised) {
    if (asked || !isPlain)
      report(Class.REDIRECT, 85, 'leads to another host in the guise of a path', at, end);
  } else if (asked && field & Further.NEXT_FIELD && !isOwnHost()) {
    report(Class.REDIRECT, 55, 'leads to another host', at, end);
  }
}

/** Whether the address read last is of the host that the event was sent to, or of one beside it: `www.x.org` beside `api.x.org`. */
function isOwnHost(): bool {
  const field = hasField(Field.HOST) ? Field.HOST : Field.DOMAIN_NAME;
  if (!hasField(field)) return false;
  let own = fieldAt(field);
  const ownEnd = find(own, fieldEnd(field), 0x3a);
  const parent = find(own, ownEnd, 0x2e) + 1;
  if (find(parent, ownEnd, 0x2e) < ownEnd) own = parent;
  const length = ownEnd - own;
  const start = hostStop() - length;
  if (hostStop() - hostStart() < length || hashOf(start, hostStop()) !== hashOf(own, ownEnd)) return false;
  return start === hostStart() || byteAt(start - 1) === 0x2e;
}
