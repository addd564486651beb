// Command injection: finds where a command can begin, and lets judge whether one does.
import { byteAt, Is, is, startsWith } from '../../base/bytes';
import { Has } from '../../base/facts';
import { hashByte, NO_BYTES } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Class } from '../../classes';
import { LEAST, report } from '../../verdicts';
import { findBatch } from './batch';
import {
  argumentCount,
  commandEnd,
  commandSets,
  nameEnd,
  readArguments,
  readName,
  skipBlanks,
} from './command';
import { findFunction } from './function';
import { isLast, Place, scoreCommand } from './judge-command';
import { contentAt, measure, penalty, valueEnd } from './surroundings';

/** Without any of these only a command line of its own can be meant. */
const SEPARATES: i32 =
  Has.SEMICOLON |
  Has.AMPERSAND |
  Has.PIPE |
  Has.NEWLINE |
  Has.BACKTICK |
  Has.DOLLAR |
  Has.LESS |
  Has.GREATER |
  Has.PARENTHESIS |
  Has.BACKSLASH;

const separators: usize = memory.data(256);

function put(bytes: string): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(separators + bytes.charCodeAt(i), 1);
}

put(';&|\n\r`$<>(\\');

let textAt: usize = 0;
let started: bool = false;

export function detectCmdi(at: usize, end: usize, facts: i32): void {
  textAt = at;
  started = false;
  measure(at, end);
  judgeStart(end);
  if ((facts & SEPARATES) === 0) return;
  let ticks = 0;
  for (let i = at; i < end; i++) {
    const byte = byteAt(i);
    if (load<u8>(separators + byte) === 0) continue;
    const next = byteAt(i + 1);
    switch (byte) {
      case 0x3b: // ;
      case 0x26: // &
      case 0x7c: // |
        judgeSeparated(i, i + 1, end);
        break;
      case 0x0a:
      case 0x0d:
        judgeLine(i, i + 1, end);
        break;
      case 0x5c: // a newline that a value brings as an escape
        if ((next === 0x6e || next === 0x72) && i <= contentAt) judgeLine(i, i + 2, end);
        break;
      case 0x60:
        if ((ticks++ & 1) === 0) judgeTick(i, end);
        break;
      case 0x24:
        if (next === 0x28 && byteAt(i + 2) !== 0x28) judgeAt(Place.SUBSTITUTION, i, i + 2, end);
        break;
      case 0x3c: // <
        if (next === 0x21 && startsWith(i, end, '<!--#')) judgeInclude(i, end);
        if (next === 0x28) judgeAt(Place.SUBSTITUTION, i, i + 2, end);
        break;
      case 0x3e: // >
        if (next === 0x28) judgeAt(Place.SUBSTITUTION, i, i + 2, end);
        break;
      default: // (
        if (next === 0x29) findFunction(at, i, end);
        else if (next === 0x27 || next === 0x22) judgeCall(i, end);
        break;
    }
  }
}

/** A directive of server-side includes: `<!--#exec cmd="id"-->`. */
function judgeInclude(at: usize, end: usize): void {
  if (
    startsWith(at + 5, end, 'exec') ||
    startsWith(at + 5, end, 'include') ||
    startsWith(at + 5, end, 'printenv') ||
    startsWith(at + 5, end, 'echo')
  )
    report(Class.CMDI, 92, 'has a directive of server-side includes', at, end);
}

/** The text itself as a command line. */
function judgeStart(end: usize): void {
  const at = skipBlanks(textAt, end);
  const quote = byteAt(at);
  if (quote === 0x22 || quote === 0x27) {
    if (!is(byteAt(at + 1), Is.LETTER | Is.DIGIT)) return;
  }
  if (!readName(at, end)) return;
  readArguments(end);
  const score = scoreCommand(Place.START, end);
  started = score >= 20 || argumentCount === 0;
  tell(score - penalty(), at, end, 'is a command line');
  if (commandSets & Shell.KEYWORD) findBatch(at, end);
}

/** Behind `;`, `&`, `|`, `&&`, `||`. */
function judgeSeparated(separator: usize, at: usize, end: usize): void {
  let place: Place = Place.MIDDLE;
  if (separator <= contentAt) place = Place.OPENING;
  else if (separator <= valueEnd) place = Place.VALUE;
  else if (started) place = Place.CHAIN;
  judgeAt(place, separator, at, end);
}

function judgeLine(separator: usize, at: usize, end: usize): void {
  let place: Place = Place.LINE;
  if (separator <= contentAt) place = Place.OPENING;
  else if (separator <= valueEnd) place = Place.VALUE;
  judgeAt(place, separator, at, end);
}

function judgeTick(tick: usize, end: usize): void {
  if (byteAt(tick + 1) === 0x60) return;
  const limit = min(end, tick + 256);
  let close = tick + 1;
  while (close < limit && byteAt(close) !== 0x60) close++;
  if (close >= limit) return;
  let place: Place = Place.MARKDOWN;
  const glued = tick > textAt && is(byteAt(tick - 1), Is.LETTER | Is.DIGIT);
  if (tick <= contentAt && isLast(close + 1, end)) place = Place.SUBSTITUTION;
  else if (glued) place = Place.GLUED;
  judgeAt(place, tick, tick + 1, end);
}

/** `system('…')` */
function judgeCall(parenthesis: usize, end: usize): void {
  let from = parenthesis;
  const limit = max(textAt, parenthesis - min(parenthesis - textAt, 28));
  while (from > limit && is(byteAt(from - 1), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) from--;
  let hash = NO_BYTES;
  for (let i = from; i < parenthesis; i++)
    hash = hashByte(hash, byteAt(i) | (is(byteAt(i), Is.LETTER) ? 0x20 : 0));
  if (from > textAt && byteAt(from - 1) === 0x2e) return;
  if (shellWord(hash) & Shell.RUNNER) judgeAt(Place.CALL, from, parenthesis + 2, end);
}

/** Judges the command that may begin at `at`, behind what stands from `from` on. */
function judgeAt(place: Place, from: usize, at: usize, end: usize): void {
  at = skipBlanks(at, end);
  while (at < end && (byteAt(at) === 0x28 || byteAt(at) === 0x7b) && place !== Place.MIDDLE)
    at = skipBlanks(at + 1, end);
  if (at >= end || !readName(at, end)) return;
  readArguments(end);
  let score = scoreCommand(place, end);
  if (score < LEAST) {
    if (commandSets & Shell.KEYWORD) findBatch(at, end);
    return;
  }
  score -= penalty();
  if (argumentCount === 0) score -= listPenalty(place, from, end);
  tell(score, from, end, reasonOf(place));
}

/** A lone word between separators may be one of a list: `name|id|date`, `salt & date`. */
function listPenalty(place: Place, from: usize, end: usize): i32 {
  if (!(commandSets & (Shell.WORD | Shell.DEVELOP)) || place === Place.SUBSTITUTION || place === Place.CALL)
    return 0;
  let less = 0;
  const after = skipBlanks(commandEnd, end);
  if (place !== Place.OPENING) {
    const blankAfter = is(byteAt(from + 1), Is.SPACE);
    if (blankAfter && is(byteAt(from - 1), Is.LETTER | Is.DIGIT | Is.SPACE)) less += 10;
  }
  if (byteAt(from) === 0x26 && byteAt(from + 1) !== 0x26 && from > contentAt && byteAt(nameEnd) === 0x3b)
    less += 50;
  if (
    after < end &&
    is(byteAt(after), Is.SPACE) === false &&
    byteAt(after) === byteAt(from) &&
    !isLast(after, end)
  )
    less += 30;
  return less;
}

function reasonOf(place: Place): string {
  switch (place) {
    case Place.SUBSTITUTION:
    case Place.GLUED:
    case Place.MARKDOWN:
      return 'has a shell run a command in its place';
    case Place.CALL:
      return 'calls a function that runs a command';
    default:
      return 'goes on with a command behind a separator';
  }
}

function tell(score: i32, from: usize, end: usize, reason: string): void {
  if (score >= LEAST) report(Class.CMDI, score, reason, from, min(end, commandEnd));
}
