// Values that are script, or leave a string of one: `';alert(1)//`, `'-prompt(8)-'`, `${alert(1)}`, `[1].find(alert)`.
import { resetBlanks, skipBlanks } from '../../base/blanks';
import { byteAt, Is, is, isOfName, lower, skip, startsWith } from '../../base/bytes';
import { hashByte, NO_BYTES } from '../../base/words';
import { Html, htmlWord } from '../../build/html-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';

/** What the lexer saw: names that were called, read from a global, or passed on. */
let calls: i32 = 0;
let reads: i32 = 0;
let firstEvidence: usize = 0;

/** Looks at one line of text. */
export function detectScript(at: usize, end: usize): void {
  calls = 0;
  reads = 0;
  firstEvidence = 0;
  resetBlanks();
  const start = at;
  const breaksOut = leavesString(at, end);
  lex(at, end);
  if (calls > 0 && breaksOut)
    report(Class.XSS, 85, 'leaves a string of a script and calls a function', start, end);
  else if (calls > 0 && isScriptAlone(start, end))
    report(Class.XSS, 75, 'is a script that calls a function', start, end);
  else if (reads > 0 && isScriptAlone(start, end))
    report(Class.XSS, 60, 'is a script that reads what belongs to the page', start, end);
}

/** Whether a quote comes early and an operator, a semicolon or a comma follows it, or a template literal's braces open. */
function leavesString(at: usize, end: usize): bool {
  for (let i = at; i < end && i < at + 24; i++) {
    const byte = byteAt(i);
    if (byte === 0x24 && byteAt(i + 1) === 0x7b) return true;
    if (byte !== 0x22 && byte !== 0x27 && byte !== 0x60) continue;
    let next = i + 1;
    while (
      next < end &&
      (is(byteAt(next), Is.SPACE) || byteAt(next) === 0x29 || byteAt(next) === 0x7d || byteAt(next) === 0x5d)
    )
      next++;
    const after = byteAt(next);
    if (
      next < end &&
      (after === 0x3b ||
        after === 0x2d ||
        after === 0x2b ||
        after === 0x2c ||
        after === 0x2a ||
        after === 0x2f ||
        after === 0x7c ||
        after === 0x26 ||
        after === 0x5e)
    )
      return true;
  }
  return false;
}

/** Whether it reads as program text, not as prose: hardly any two words side by side. */
function isScriptAlone(at: usize, end: usize): bool {
  let pairs = 0;
  for (let i = at + 1; i + 1 < end; i++)
    if (is(byteAt(i), Is.SPACE) && is(byteAt(i - 1), Is.LETTER) && is(byteAt(i + 1), Is.LETTER)) pairs++;
  return pairs === 0 && firstEvidence - at < 40;
}

/** As in JavaScript. */
function isOfIdentifier(byte: i32): bool {
  return isOfName(byte) || byte === 0x24;
}

function lex(at: usize, end: usize): void {
  const start = at;
  while (at < end) {
    if (!is(byteAt(at), Is.LETTER)) {
      at++;
      continue;
    }
    const name = at;
    let hash = NO_BYTES;
    while (at < end && isOfIdentifier(byteAt(at))) hash = hashByte(hash, lower(byteAt(at++)));
    const sets = htmlWord(hash);
    if (!(sets & (Html.SINK | Html.GLOBAL | Html.PROPERTY))) continue;
    judgeName(start, name, at, end, sets);
  }
}

function judgeName(start: usize, name: usize, at: usize, end: usize, sets: i32): void {
  const before = name === start ? 0 : byteAt(name - 1);
  const next = skipBlanks(at, end);
  const after = next < end ? byteAt(next) : 0;
  const isCall = after === 0x28 || after === 0x60;
  if (sets & Html.SINK && before !== 0x2e) {
    // `` `confirm` `` is a name in Markdown.
    const isQuoted = before === 0x60 && after === 0x60;
    if ((isCall && !isQuoted && isArgument(next, end, sets)) || isPassed(before, after)) count(name, true);
    return;
  }
  if (sets & Html.GLOBAL && (after === 0x5b || after === 0x2e)) judgeMember(name, next, end);
}

/**
 * Whether what stands in the parenthesis at `at` shows an attack: programs give functions to timers, other languages print, and
 * in prose a word stands in it behind a blank.
 */
function isArgument(at: usize, end: usize, sets: i32): bool {
  const from = skipBlanks(at + 1, end);
  const first = byteAt(from);
  if (sets & Html.PRINT) return first === 0x29 || byteAt(at) === 0x60;
  if (sets & Html.TIMER) return first !== 0x28 && first !== 0x29 && !startsWith(from, end, 'function');
  const word = skip(from, end, Is.LETTER);
  return !(is(byteAt(at - 1), Is.SPACE) && word > from && byteAt(word) === 0x29);
}

/** `a=alert,a(1)`, `[1].find(alert)`, `top[alert]` */
function isPassed(before: i32, after: i32): bool {
  return (
    (before === 0x3d || before === 0x28 || before === 0x5b) &&
    (after === 0x2c || after === 0x29 || after === 0x5d || after === 0x3b)
  );
}

/** `document.cookie`, `window["alert"]` */
function judgeMember(name: usize, at: usize, end: usize): void {
  const isBracket = byteAt(at) === 0x5b;
  at = skipBlanks(at + 1, end);
  const quote = byteAt(at);
  if (isBracket && (quote === 0x22 || quote === 0x27)) at++;
  else if (isBracket) return;
  let hash = NO_BYTES;
  while (at < end && isOfIdentifier(byteAt(at))) hash = hashByte(hash, lower(byteAt(at++)));
  const sets = htmlWord(hash);
  if (sets & Html.SINK && isBracket) count(name, true);
  else if (sets & Html.PROPERTY) count(name, false);
}

function count(at: usize, isCall: bool): void {
  if (!firstEvidence) firstEvidence = at;
  if (isCall) calls++;
  else reads++;
}
