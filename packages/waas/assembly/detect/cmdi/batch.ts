// `for` and `if` of cmd.exe, whose grammar no other language shares: `for /f %i in (…) do …`, `if not exist x …`.
import { byteAt, Is, is, startsWith } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';

/** Words before `in (`: options, a path, the variable. */
const MOST_WORDS: i32 = 12;

function skipSpace(at: usize, end: usize): usize {
  while (at < end && (is(byteAt(at), Is.SPACE) || byteAt(at) === 0x2b)) at++;
  return at;
}

/** The end of the word at `at`: quotes and brackets hold it together. */
function endOfWord(at: usize, end: usize): usize {
  const limit = min(end, at + 256);
  const opening = byteAt(at);
  const closing = opening === 0x22 ? 0x22 : opening === 0x28 ? 0x29 : 0;
  if (closing !== 0) {
    let to = at + 1;
    while (to < limit && byteAt(to) !== closing) to++;
    if (to < limit) at = to + 1;
  }
  while (
    at < limit &&
    !is(byteAt(at), Is.SPACE) &&
    byteAt(at) !== 0x28 &&
    !(byteAt(at) === 0x3d && byteAt(at + 1) === 0x3d)
  )
    at++;
  return at;
}

function isWord(at: usize, end: usize, word: string): bool {
  return startsWith(at, end, word) && !is(byteAt(at + word.length), Is.LETTER | Is.DIGIT | Is.UNDERSCORE);
}

/** Looks for a `for` or an `if` of cmd.exe at `at`. */
export function findBatch(at: usize, end: usize): void {
  if (isWord(at, end, 'for')) findFor(at, end);
  else if (isWord(at, end, 'if')) findIf(at, end);
}

function findFor(start: usize, end: usize): void {
  let at = skipSpace(start + 3, end);
  if (byteAt(at) !== 0x25 && byteAt(at) !== 0x2f) return;
  let variable = false;
  for (let words = 0; words < MOST_WORDS && at < end; words++) {
    if (variable && isWord(at, end, 'in') && byteAt(skipSpace(at + 2, end)) === 0x28) {
      report(Class.CMDI, 90, 'has a loop of cmd.exe', start, end);
      return;
    }
    variable = byteAt(at) === 0x25;
    at = skipSpace(max(endOfWord(at, end), at + 1), end);
  }
}

function findIf(start: usize, end: usize): void {
  let at = start + 2;
  let options = 0;
  if (!is(byteAt(at), Is.SPACE) && byteAt(at) !== 0x2f) return;
  at = skipSpace(at, end);
  if (startsWith(at, end, '/i')) {
    at = skipSpace(at + 2, end);
    options++;
  }
  if (isWord(at, end, 'not')) at = skipSpace(at + 3, end);
  if (isWord(at, end, 'exist') || isWord(at, end, 'defined')) {
    at = skipSpace(endOfWord(at, end), end);
    const subject = endOfWord(at, end);
    if (byteAt(subject - 1) === 0x2c || byteAt(subject - 1) === 0x3a) return;
    judgeThen(start, skipSpace(subject, end), end, options > 0);
  } else if (isWord(at, end, 'errorlevel') || isWord(at, end, 'cmdextversion')) {
    report(Class.CMDI, 85, 'has a condition of cmd.exe', start, end);
  } else {
    findComparison(start, at, end, options > 0);
  }
}

function findComparison(start: usize, at: usize, end: usize, sure: bool): void {
  const left = byteAt(at);
  const toLeft = endOfWord(at, end);
  if (left === 0x25 || byteAt(at + 1) === 0x25 || byteAt(toLeft - 1) === 0x25) sure = true;
  let operator = skipSpace(toLeft, end);
  if (byteAt(operator) === 0x3d && byteAt(operator + 1) === 0x3d && byteAt(operator + 2) !== 0x3d) {
    operator = skipSpace(operator + 2, end);
    const right = endOfWord(operator, end);
    judgeThen(start, skipSpace(right, end), end, sure);
    return;
  }
  const toOperator = endOfWord(operator, end);
  if (shellWord(hashOf(operator, toOperator)) & Shell.COMPARISON)
    report(Class.CMDI, 85, 'has a condition of cmd.exe', start, end);
}

/** What a condition leads to: a command, or a bracket that opens. */
function judgeThen(start: usize, at: usize, end: usize, sure: bool): void {
  if (at >= end && !sure) return;
  if (byteAt(at) === 0x40 || byteAt(at) === 0x28) at++;
  let to = skipSpace(at, end);
  at = to;
  while (to < end && is(byteAt(to), Is.LETTER | Is.DIGIT)) to++;
  const sets = shellWord(hashOf(at, to));
  if (sure || sets & (Shell.WINDOWS | Shell.SHELL) || (at >= end && byteAt(at - 1) === 0x28))
    report(Class.CMDI, sure ? 85 : 70, 'has a condition of cmd.exe', start, end);
}
