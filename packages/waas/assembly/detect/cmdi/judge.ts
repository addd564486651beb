// Judges the places where a command can begin.
import { byteAt, find, Is, is } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { LEAST, report } from '../../verdicts';
import { argumentCount, commandEnd, readArguments, skipIfs } from './arguments';
import { findBatch } from './batch';
import { Char } from './characters';
import { assignments, commandSets, readName, skipBlanks } from './command';
import { isLast } from './endings';
import { wordEnd } from './lexer';
import { endsEntity, penaltyOfList } from './lists';
import { Place, reasonOf } from './place';
import { scoreCommand } from './score';
import { contentAt, penalty, valueEnd } from './surroundings';
import { length, traits, Word } from './word';

/** More than this is never reported: a shell's words are words of other languages as well. */
const MOST: i32 = 95;
/** What stands in backticks, and the name of a function, is no longer. */
const LONGEST_QUOTED: usize = 256;
const LONGEST_FUNCTION: usize = 28;

let textAt: usize = 0;
let textEnd: usize = 0;
/** The sets of the command that the text begins with. */
let startSets: i32 = 0;
/** Whether the text begins with a command, so that what follows a separator goes on with another. */
let started: bool = false;
/** Whether the text begins with an assignment and a separator, so that a variable may be the command. */
let assigned: bool = false;

export function beginJudging(at: usize, end: usize): void {
  textAt = at;
  textEnd = end;
  started = false;
  startSets = 0;
  assigned = false;
}

/** Judges the text as a command line, with or without quotes around it. */
export function judgeStart(): void {
  let at = skipIfs(skipBlanks(textAt, textEnd), textEnd);
  const quote = skipBackslashes(at);
  if (byteAt(quote) === Char.SINGLE_QUOTE || byteAt(quote) === Char.DOUBLE_QUOTE) at = quote;
  const first = byteAt(at);
  if (readName(at, textEnd)) {
    judgeLine(at);
  } else if (first === Char.SLASH && traits & Word.DISGUISED) {
    report(Class.CMDI, 75, 'hides the path of a file in a glob', at, wordEnd);
  } else if (first === Char.SINGLE_QUOTE || first === Char.DOUBLE_QUOTE) {
    if (readName(at + 1, textEnd)) judgeLine(at + 1);
  } else {
    assigned = isAssignment();
  }
}

/** Behind the backslashes that escape a quote, perhaps twice. */
function skipBackslashes(at: usize): usize {
  const limit = at + 3;
  while (at < limit && byteAt(at) === Char.BACKSLASH) at++;
  return at;
}

function judgeLine(at: usize): void {
  readArguments(textEnd);
  const score = scoreCommand(Place.START, textEnd);
  started =
    is(byteAt(at), Is.LETTER) && !(commandSets & Shell.KEYWORD) && (score >= 20 || argumentCount === 0);
  if (started) startSets = commandSets;
  tell(score - penalty(), Place.START, at);
  findBatch(at, textEnd);
}

/** Judges what follows `;`, `&` or `|`. */
export function judgeSeparated(separator: usize): void {
  if (endsEntity(separator, textAt)) return;
  let place: Place = Place.MIDDLE;
  if (separator <= contentAt) place = Place.OPENING;
  else if (separator <= valueEnd) place = Place.VALUE;
  else if (started) place = Place.CHAIN;
  let at = separator + 1;
  while (byteAt(at) === byteAt(separator)) at++;
  judgeCommand(place, separator, at, textEnd);
}

/** Judges the command that may begin at `at`, behind what stands from `from` on. */
export function judgeCommand(place: Place, from: usize, at: usize, end: usize): void {
  at = skipIfs(skipBlanks(at, end), end);
  if (place !== Place.MIDDLE) at = skipGroup(at, end);
  if (at >= end) return;
  if (place === Place.SUBSTITUTION && byteAt(at) === Char.LESS)
    report(Class.CMDI, 75, 'has a shell read a file in its place', from, end);
  if (!readName(at, end)) {
    if (assigned && isBuilt(at, end))
      report(Class.CMDI, 60, 'builds a command from variables', textAt, wordEnd);
    if (place === Place.OPENING) assigned = isAssignment();
    return;
  }
  readArguments(end);
  let score = scoreCommand(place, end);
  if (score >= LEAST) {
    score -= penalty();
    if (argumentCount === 0) score -= penaltyOfList(place, from, end);
    tell(score, place, from);
  }
  findBatch(at, end);
}

/** Whether assignments were read, and another command follows them. */
function isAssignment(): bool {
  const byte = byteAt(wordEnd);
  return (
    assignments > 0 && (byte === Char.SEMICOLON || (byte === Char.AMPERSAND && byteAt(wordEnd + 1) === byte))
  );
}

/** Skips `(` and `{ ` before the first command of a group. */
function skipGroup(at: usize, end: usize): usize {
  while (
    byteAt(at) === Char.OPEN_PARENTHESIS ||
    (byteAt(at) === Char.OPEN_BRACE && is(byteAt(at + 1), Is.SPACE))
  )
    at = skipBlanks(at + 1, end);
  return at;
}

/** Whether the word read last is nothing but variables, and the text ends or arguments follow: `$a$b /etc`. */
function isBuilt(at: usize, end: usize): bool {
  if (byteAt(at) !== Char.DOLLAR || length > 0 || !(traits & Word.EXPANDED)) return false;
  return wordEnd >= end || is(byteAt(wordEnd), Is.SPACE);
}

/** Judges what stands in backticks from `tick` on. */
export function judgeTicked(tick: usize): void {
  const limit = min(textEnd, tick + LONGEST_QUOTED);
  const close = find(tick + 1, limit, Char.BACKTICK);
  if (close >= limit || close === tick + 1) return;
  let place: Place = Place.MARKDOWN;
  if (tick <= contentAt && isLast(close + 1, textEnd)) place = Place.TICKED;
  else if (hangs(tick) || continues(tick, close)) place = Place.GLUED;
  else if (startSets & (Shell.PLAIN | Shell.TOOL)) place = Place.CHAIN;
  judgeCommand(place, tick, tick + 1, close);
}

/** Whether the text begins with backticks on which more hangs: `` `whoami`.example.com ``. */
function continues(tick: usize, close: usize): bool {
  if (tick > contentAt) return false;
  const next = byteAt(close + 1);
  return is(next, Is.LETTER | Is.DIGIT) || (next === Char.DOT && is(byteAt(close + 2), Is.LETTER | Is.DIGIT));
}

/** Whether the backtick hangs on what stands before it, as no code in Markdown does. */
function hangs(tick: usize): bool {
  if (tick === textAt) return false;
  const before = byteAt(tick - 1);
  if (is(before, Is.LETTER | Is.DIGIT) || before === Char.SEMICOLON || before === Char.EQUALS) return true;
  return tick <= valueEnd && (before === Char.SLASH || before === Char.COLON || before === Char.PIPE);
}

/** Judges the string that a function is given: `system('id')`. */
export function judgeCall(parenthesis: usize): void {
  const at = parenthesis + 2;
  let from = parenthesis;
  const limit = parenthesis - min(parenthesis - textAt, LONGEST_FUNCTION);
  while (from > limit && is(byteAt(from - 1), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) from--;
  // `exec` behind a dot is a regular expression's.
  if (from > textAt && byteAt(from - 1) === Char.DOT && parenthesis - from <= 4) return;
  if (shellWord(hashOf(from, parenthesis)) & Shell.RUNNER)
    judgeCommand(Place.CALL, from, at, find(at, min(textEnd, at + LONGEST_QUOTED), byteAt(at - 1)));
}

function tell(score: i32, place: Place, from: usize): void {
  if (score >= LEAST) report(Class.CMDI, min(score, MOST), reasonOf(place), from, min(textEnd, commandEnd));
}
