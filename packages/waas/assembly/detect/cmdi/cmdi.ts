// Command injection: finds where a command can begin.
import { byteAt, Is, is } from '../../base/bytes';
import { Has } from '../../base/facts';
import { Char } from './characters';
import { isEscapedNewline } from './endings';
import { findFunction } from './functions';
import { findInclude } from './includes';
import { beginJudging, judgeCall, judgeCommand, judgeSeparated, judgeStart, judgeTicked } from './judge';
import { Place } from './place';
import { findType } from './powershell';
import { contentAt, measure, valueEnd } from './surroundings';

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
  Has.BACKSLASH |
  Has.BRACKET;

/** Newlines that came as escapes are looked for no further than this. */
const LONGEST_OPENING: usize = 32;

const begins: usize = memory.data(256);

function put(bytes: string): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(begins + bytes.charCodeAt(i), 1);
}

put(';&|\n\r`$<>(\\]');

export function detectCmdi(at: usize, end: usize, facts: i32): void {
  measure(at, end);
  beginJudging(at, end);
  judgeStart();
  if ((facts & SEPARATES) === 0) return;
  let ticks = 0;
  for (let i = at; i < end; i++) {
    const byte = byteAt(i);
    if (load<u8>(begins + byte) === 0) continue;
    if (byte === Char.BACKTICK) {
      if ((ticks++ & 1) === 0) judgeTicked(i);
    } else {
      findCommand(byte, i, at, end);
    }
  }
}

/** Judges what begins behind the byte at `at`, if a command can. */
function findCommand(byte: i32, at: usize, start: usize, end: usize): void {
  const next = byteAt(at + 1);
  switch (byte) {
    case Char.SEMICOLON:
    case Char.AMPERSAND:
    case Char.PIPE:
      if (at === start || byteAt(at - 1) !== byte) judgeSeparated(at);
      break;
    case Char.NEWLINE:
    case Char.RETURN:
      judgeCommand(placeOfLine(at), at, at + 1, end);
      break;
    case Char.BACKSLASH:
      if (at <= contentAt && at - start < LONGEST_OPENING && isEscapedNewline(at))
        judgeCommand(Place.OPENING, at, at + 2, end);
      break;
    case Char.CLOSE_BRACKET:
      if (next === Char.COLON) findType(start, at, end);
      break;
    case Char.DOLLAR:
      if (next === Char.OPEN_PARENTHESIS && byteAt(at + 2) !== Char.OPEN_PARENTHESIS)
        judgeCommand(placeOfSubstitution(at), at, at + 2, end);
      break;
    case Char.LESS:
      if (next === Char.EXCLAMATION) findInclude(at, end);
      if (next === Char.OPEN_PARENTHESIS && standsAlone(at, start))
        judgeCommand(Place.SUBSTITUTION, at, at + 2, end);
      break;
    case Char.GREATER:
      if (next === Char.OPEN_PARENTHESIS && standsAlone(at, start))
        judgeCommand(Place.SUBSTITUTION, at, at + 2, end);
      break;
    default:
      if (next === Char.CLOSE_PARENTHESIS) findFunction(start, at, end);
      else if (next === Char.SINGLE_QUOTE || next === Char.DOUBLE_QUOTE || next === Char.BACKTICK)
        judgeCall(at);
      break;
  }
}

function placeOfLine(at: usize): Place {
  if (at <= contentAt) return Place.OPENING;
  return at <= valueEnd ? Place.VALUE : Place.LINE;
}

/** `` `$(id)` `` within prose is Markdown. */
function placeOfSubstitution(at: usize): Place {
  return at > contentAt && byteAt(at - 1) === Char.BACKTICK ? Place.MARKDOWN : Place.SUBSTITUTION;
}

/** Whether nothing hangs on the byte at `at` from before, unlike `<` and `>` of a type. */
function standsAlone(at: usize, start: usize): bool {
  return at === start || !is(byteAt(at - 1), Is.LETTER | Is.DIGIT | Is.UNDERSCORE);
}
