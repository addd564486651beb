// Judges the places where a command can begin.
import { byteAt, find, Is, is, skip } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { LEAST, report } from '../../verdicts';
import { argumentCount, commandEnd, readArguments, skipIfs } from './arguments';
import { findBatch } from './batch';
import { Char } from './characters';
import { assignments, commandSets, readName, skipBlanks } from './command';
import { isLast, isSeparator } from './endings';
import { wordEnd } from './lexer';
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
  const at = skipIfs(skipBlanks(textAt, textEnd), textEnd);
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

function judgeLine(at: usize): void {
  readArguments(textEnd);
  const score = scoreCommand(Place.START, textEnd);
  started = score >= 20 || argumentCount === 0;
  if (started) startSets = commandSets;
  tell(score - penalty(), Place.START, at);
  if (commandSets & Shell.KEYWORD) findBatch(at, textEnd);
}

/** Judges what follows `;`, `&` or `|`. */
export function judgeSeparated(separator: usize): void {
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
    if (argumentCount === 0) score -= penaltyOfList(place, from);
    tell(score, place, from);
  } else if (commandSets & Shell.KEYWORD) {
    findBatch(at, end);
  }
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
  else if (hangs(tick)) place = Place.GLUED;
  else if (startSets & (Shell.PLAIN | Shell.TOOL)) place = Place.CHAIN;
  judgeCommand(place, tick, tick + 1, close);
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
  if (from > textAt && byteAt(from - 1) === Char.DOT) return;
  if (shellWord(hashOf(from, parenthesis)) & Shell.RUNNER)
    judgeCommand(Place.CALL, from, at, find(at, min(textEnd, at + LONGEST_QUOTED), byteAt(at - 1)));
}

/** A lone word between separators may be one of a list: `name|id|date`, `salt & date`, `&sum;`. */
function penaltyOfList(place: Place, from: usize): i32 {
  if (!(commandSets & (Shell.WORD | Shell.TOOL | Shell.DEVELOP))) return 0;
  const separator = byteAt(from);
  const after = byteAt(commandEnd);
  let points = 0;
  if (place !== Place.OPENING && separator === Char.AMPERSAND && after === Char.SEMICOLON) points += 50;
  if (place === Place.VALUE) {
    if (isNoWord()) return -5;
    if (is(byteAt(from + 1), Is.SPACE) && !isSeparator(byteAt(from - 1))) points += 10;
  }
  const lists = separator === Char.PIPE || place !== Place.OPENING;
  if (
    lists &&
    after === separator &&
    is(byteAt(commandEnd + 1), Is.LETTER | Is.SPACE) &&
    !isLast(commandEnd, textEnd)
  )
    points += 30;
  return points;
}

/** Whether the value at the text's beginning has more than letters: an address, a file, a number. */
function isNoWord(): bool {
  const at = skip(contentAt, textEnd, Is.LETTER);
  return at < textEnd && !is(byteAt(at), Is.SPACE) && !isSeparator(byteAt(at));
}

function tell(score: i32, place: Place, from: usize): void {
  if (score >= LEAST) report(Class.CMDI, min(score, MOST), reasonOf(place), from, min(textEnd, commandEnd));
}
