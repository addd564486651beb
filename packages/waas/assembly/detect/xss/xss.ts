// Cross-site scripting: a value that runs script in the page of whoever sees it.
import { byteAt, Is, is, skip } from '../../base/bytes';
import { Has } from '../../base/facts';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { detectAttribute, detectStyle } from './attribute';
import { detectMarkup } from './markup';
import { scriptAt } from './scheme';
import { detectScript } from './script';

export function detectXss(at: usize, end: usize, facts: i32): void {
  const isLine = !(facts & Has.NEWLINE);
  if (facts & Has.LESS) detectMarkup(at, end, isLine);
  if (facts & Has.COLON) detectScheme(at, end);
  if (!isLine) return;
  if (facts & Has.EQUALS) detectAttribute(at, end);
  if (facts & Has.COLON && facts & Has.PARENTHESIS) detectStyle(at, end);
  if (facts & (Has.PARENTHESIS | Has.BACKTICK | Has.BRACKET | Has.DOT)) detectScript(at, end);
}

/** The value is an address that runs script, perhaps behind the quote that leaves an attribute. */
function detectScheme(at: usize, end: usize): void {
  const start = at;
  while (at < end && (is(byteAt(at), Is.SPACE | Is.CONTROL) || byteAt(at) === 0x22 || byteAt(at) === 0x27))
    at++;
  const content = scriptAt(at, end);
  if (!content || content >= end) return;
  // `JavaScript: the good parts`
  if (is(byteAt(content), Is.SPACE) && is(byteAt(skip(content, end, Is.SPACE)), Is.LETTER)) return;
  report(Class.XSS, 90, 'is an address that runs script', start, end);
}
