// Server-side request forgery and open redirects: a value that is an address, and where it leads.
import { byteAt, Is, is, skip } from '../base/bytes';
import { Has } from '../base/facts';
import { hashOf } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { lastMember, pathEnd } from '../field';
import { isOn } from '../settings';
import { report } from '../verdicts';
import { classifyHost, Host, readHost, setsOfScheme } from './address';

/** Judges both, as they read the same address. */
export function detectAddress(at: usize, end: usize, facts: i32): void {
  if (!(facts & (Has.COLON | Has.SLASH | Has.BACKSLASH)) || facts & (Has.NEWLINE | Has.LESS)) return;
  at = skip(at, end, Is.SPACE);
  if (!readHost(at, end)) return;
  if (isOn(Class.SSRF)) judgeHost(at, end);
  if (isOn(Class.REDIRECT)) judgeRedirect(at, end);
}

function judgeHost(at: usize, end: usize): void {
  const host = classifyHost();
  if (host === Host.METADATA)
    report(Class.SSRF, 95, 'is an address of the platform, which hands out credentials', at, end);
  else if (setsOfScheme() & Further.SCHEME)
    report(Class.SSRF, 75, 'is an address with a scheme that reaches other services than the web', at, end);
  else if (host === Host.LOCAL) report(Class.SSRF, 80, 'is an address of the function itself', at, end);
  else if (host === Host.PRIVATE) report(Class.SSRF, 70, 'is an address of a private network', at, end);
}

/** In a field that says where to go next: an address of another host, above all one that filters take for a path. */
function judgeRedirect(at: usize, end: usize): void {
  if (!(furtherWord(hashOf(lastMember(), pathEnd())) & Further.REDIRECT_FIELD)) return;
  const isDisguised = !is(byteAt(at), Is.LETTER) || byteAt(skip(at, end, Is.LETTER) + 1) !== 0x2f;
  if (isDisguised) report(Class.REDIRECT, 85, 'leads to another host in the guise of a path', at, end);
  else report(Class.REDIRECT, 55, 'leads to another host', at, end);
}
