// Values that leave the attribute they stand in: `" onfocus=alert(1) x="`.
import { byteAt, Is, is, lower } from '../../base/bytes';
import { hashByte, NO_BYTES } from '../../base/words';
import { Html, htmlWord } from '../../build/html-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { isActiveStyle } from './style';

/**
 * Looks for an event handler that stands where an attribute can: at the start, or behind a quote, with white space or a slash
 * between. In prose and programs they follow words or dots, or an expression follows in braces.
 */
export function detectAttribute(at: usize, end: usize): void {
  const start = at;
  let quoted = false;
  // Words before `at`: one may be what is left of the value.
  let words = 0;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (is(byte, Is.SPACE)) {
      if (at > start && !is(byteAt(at - 1), Is.SPACE)) words++;
      continue;
    }
    if (byte === 0x22 || byte === 0x27 || byte === 0x60) quoted = true;
    if ((byte | 0x20) !== 0x6f || (byteAt(at + 1) | 0x20) !== 0x6e) continue;
    const before = at === start ? 0x20 : byteAt(at - 1);
    if (
      !is(before, Is.SPACE | Is.CONTROL) &&
      before !== 0x22 &&
      before !== 0x27 &&
      before !== 0x2f &&
      before !== 0x60 &&
      before !== 0x2b &&
      before < 0x80
    )
      continue;
    if (!quoted && words > 1) continue;
    if (readsHandler(at, end, quoted)) {
      report(Class.XSS, quoted ? 90 : 75, 'leaves its attribute and adds an event handler', start, end);
      return;
    }
  }
}

/** `quoted`: a quote stands before it. Where none does, programs have blanks around their `=`, and attributes hardly. */
function readsHandler(at: usize, end: usize, quoted: bool): bool {
  let hash = NO_BYTES;
  while (at < end && is(byteAt(at), Is.LETTER)) hash = hashByte(hash, lower(byteAt(at++)));
  if (!(htmlWord(hash) & Html.EVENT)) return false;
  const name = at;
  while (at < end && is(byteAt(at), Is.SPACE | Is.CONTROL)) at++;
  const isProgram = !quoted && at > name && is(byteAt(at + 1), Is.SPACE);
  if (isProgram) return false;
  if (at >= end || byteAt(at) !== 0x3d) return isEntityDeclaration(at, end);
  at++;
  while (at < end && is(byteAt(at), Is.SPACE)) at++;
  const first = byteAt(at);
  return at < end && first !== 0x7b && first !== 0x3d && first !== 0x3e;
}

/** `onerror CDATA "…"` */
function isEntityDeclaration(at: usize, end: usize): bool {
  return end - at > 5 && byteAt(at) === 0x43 && byteAt(at + 1) === 0x44 && byteAt(at + 2) === 0x41;
}

/** `style=x:expression(…)` where an attribute can stand. */
export function detectStyle(at: usize, end: usize): void {
  if (isActiveStyle(at, end, true)) report(Class.XSS, 75, 'has a style that runs script', at, end);
}
