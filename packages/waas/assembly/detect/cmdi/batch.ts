// `for` and `if` of cmd.exe, whose grammar no other language shares: `for /f %i in (…) do …`, `if not exist x …`.
import { byteAt, find, Is, is, skip, startsWith } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { Char } from './characters';

/** Words before `in (`: options, a path, the variable. */
const MOST_WORDS: i32 = 12;
const LONGEST_WORD: usize = 256;

const NAME: i32 = Is.LETTER | Is.DIGIT | Is.UNDERSCORE;

/** Looks for a `for` or an `if` of cmd.exe at `at`. */
export function findBatch(at: usize, end: usize): void {
  if (isWord(at, end, 'for')) findFor(at, end);
  else if (isWord(at, end, 'if')) findIf(at, end);
}

function isWord(at: usize, end: usize, word: string): bool {
  return startsWith(at, end, word) && !is(byteAt(at + word.length), NAME);
}

function skipSpace(at: usize, end: usize): usize {
  while (at < end && (is(byteAt(at), Is.SPACE) || byteAt(at) === Char.PLUS)) at++;
  return at;
}

/** The end of the word at `at`; quotes hold it together. It ends before a bracket that opens, and before `==`. */
function endOfWord(at: usize, end: usize): usize {
  const limit = min(end, at + LONGEST_WORD);
  if (byteAt(at) === Char.DOUBLE_QUOTE) {
    const close = find(at + 1, limit, Char.DOUBLE_QUOTE);
    if (close < limit) at = close + 1;
  }
  while (at < limit && !is(byteAt(at), Is.SPACE) && byteAt(at) !== Char.OPEN_PARENTHESIS && !isEqual(at))
    at++;
  return at;
}

function isEqual(at: usize): bool {
  return byteAt(at) === Char.EQUALS && byteAt(at + 1) === Char.EQUALS;
}

/** `for [options] %variable in (` */
function findFor(start: usize, end: usize): void {
  let at = skipSpace(start + 3, end);
  if (byteAt(at) !== Char.PERCENT && byteAt(at) !== Char.SLASH) return;
  let variable = false;
  for (let words = 0; words < MOST_WORDS && at < end; words++) {
    if (variable && isWord(at, end, 'in') && byteAt(skipSpace(at + 2, end)) === Char.OPEN_PARENTHESIS) {
      report(Class.CMDI, 90, 'has a loop of cmd.exe', start, end);
      return;
    }
    variable = byteAt(at) === Char.PERCENT;
    at = skipSpace(max(endOfWord(at, end), at + 1), end);
  }
}

/** `if [/i] [not] condition command` */
function findIf(start: usize, end: usize): void {
  let at = start + 2;
  if (!is(byteAt(at), Is.SPACE) && byteAt(at) !== Char.SLASH) return;
  at = skipSpace(at, end);
  const sure = startsWith(at, end, '/i');
  if (sure) at = skipSpace(at + 2, end);
  if (isWord(at, end, 'not')) at = skipSpace(at + 3, end);
  if (isWord(at, end, 'errorlevel') || isWord(at, end, 'cmdextversion')) {
    say(85, start, end);
  } else if (isWord(at, end, 'exist') || isWord(at, end, 'defined')) {
    at = skipSpace(endOfWord(at, end), end);
    if (byteAt(at) === Char.OPEN_PARENTHESIS) at++;
    const subject = endOfWord(at, end);
    const last = byteAt(subject - 1);
    if (last !== Char.COMMA && last !== Char.COLON) judgeCommand(start, skipSpace(subject, end), end, sure);
  } else {
    findComparison(start, at, end, sure);
  }
}

/** `a==b`, `"%x%" == "y"`, `[%1]==[]`, `(1) equ (1)`. In `(a == b)` other languages compare as well. */
function findComparison(start: usize, at: usize, end: usize, sure: bool): void {
  const bracket = byteAt(at) === Char.OPEN_PARENTHESIS;
  if (bracket) at++;
  const toLeft = endOfWord(at, end);
  const percent = find(at, toLeft, Char.PERCENT) < toLeft || byteAt(at) === Char.OPEN_BRACKET;
  let operator = skipSpace(toLeft, end);
  if (!isEqual(operator)) {
    const toOperator = skip(operator, end, Is.LETTER);
    if (shellWord(hashOf(operator, toOperator)) & Shell.COMPARISON) say(85, start, end);
    return;
  }
  if (bracket && byteAt(toLeft - 1) !== Char.CLOSE_PARENTHESIS) return;
  while (byteAt(operator) === Char.EQUALS) operator++;
  operator = skipSpace(operator, end);
  if (byteAt(operator) === Char.OPEN_PARENTHESIS) operator++;
  judgeCommand(start, skipSpace(endOfWord(operator, end), end), end, sure || percent);
}

/** Judges what a condition leads to: a command, or a bracket that opens. */
function judgeCommand(start: usize, at: usize, end: usize, sure: bool): void {
  if (at >= end && !sure) return;
  const opens = byteAt(at) === Char.OPEN_PARENTHESIS;
  if (opens || byteAt(at) === Char.AT) at = skipSpace(at + 1, end);
  const sets = shellWord(hashOf(at, skip(at, end, Is.LETTER | Is.DIGIT)));
  if (sure || sets & (Shell.WINDOWS | Shell.SHELL) || (opens && at >= end)) say(sure ? 85 : 70, start, end);
}

function say(confidence: i32, start: usize, end: usize): void {
  report(Class.CMDI, confidence, 'has a condition of cmd.exe', start, end);
}
