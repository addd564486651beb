// How sure it is that a command stands here: what the name says, where it stands, and what its arguments show.
import { byteAt, Is, is } from '../../base/bytes';
import { Shell } from '../../build/shell-words';
import {
  argumentCount,
  argumentTraits,
  commandEnd,
  commandSets,
  commandTraits,
  nameEnd,
  paired,
  plainCount,
  prefixed,
  quotedArgument,
  redirected,
  skipBlanks,
} from './command';
import { Word } from './word';

/** Where a command can stand, by how much that says. */
export enum Place {
  /** The text begins with it: a command line of its own. */
  START,
  /** Within prose or code. */
  MIDDLE,
  /** Behind a line that is none. */
  LINE,
  /** A backtick within prose: Markdown writes names so. */
  MARKDOWN,
  /** Behind a value without blanks and a separator. */
  VALUE,
  /** Behind another command and a separator. */
  CHAIN,
  /** Within `` `…` `` that hangs on a value. */
  GLUED,
  /** The text begins with a separator, perhaps behind quotes or brackets that close something. */
  OPENING,
  /** Within `$(…)` or `<(…)`, or in backticks that are the whole text. */
  SUBSTITUTION,
  /** The string that a function is given to run. */
  CALL,
}

/** How much a place says. */
function scoreOfPlace(place: Place): i32 {
  switch (place) {
    case Place.OPENING:
      return 50;
    case Place.SUBSTITUTION:
      return 45;
    case Place.CALL:
      return 40;
    case Place.GLUED:
      return 35;
    case Place.VALUE:
      return 32;
    case Place.CHAIN:
      return 30;
    case Place.LINE:
      return -10;
    case Place.MARKDOWN:
      return -25;
    default:
      return 0;
  }
}

/** How much the name says: whether it means anything but the command. */
function scoreOfName(): i32 {
  let score = -10;
  if (commandSets & Shell.KEYWORD && !prefixed) return -50;
  if (commandSets & (Shell.PLAIN | Shell.CMDLET)) score = 40;
  else if (commandSets & Shell.TOOL) score = 20;
  else if (commandSets & Shell.WORD) score = 10;
  if (commandTraits & Word.IN_BIN) score += 30;
  if (commandTraits & Word.BROKEN) score += commandSets & Shell.WORD ? 30 : 45;
  if (commandTraits & Word.EXPANDED) score += 30;
  if (commandTraits & Word.CAPITAL && commandSets & Shell.WORD) score -= commandSets & Shell.WINDOWS ? 5 : 15;
  return score;
}

/** How much the arguments say. */
function scoreOfArguments(place: Place): i32 {
  const shows = argumentTraits;
  let score = 0;
  if (shows & Word.IFS) score += 50;
  if (shows & Word.BRACES) score += 40;
  if (shows & Word.SECRET && shows & (Word.SYSTEM | Word.WINDOWS_PATH)) score += 50;
  else if (shows & Word.SYSTEM) score += commandSets & Shell.READER ? 30 : 15;
  else if (shows & Word.WINDOWS_PATH) score += 25;
  else if (shows & (Word.ABSOLUTE | Word.RELATIVE) && commandSets & (Shell.READER | Shell.SHELL)) score += 15;
  if (shows & Word.OPTION) score += 15;
  if (commandSets & Shell.NETWORK) {
    if (shows & Word.URL) score += place !== Place.START ? 30 : commandSets & Shell.PLAIN ? 20 : 10;
    else if (shows & Word.ADDRESS) score += 20;
    else if (shows & Word.DOTTED) score += 15;
  }
  if (commandSets & Shell.DEFINER && shows & Word.ASSIGNMENT) score += 35;
  if (commandSets & Shell.READER && shows & Word.DOTTED && place !== Place.START) score += 10;
  if (commandSets & Shell.DELAY && shows & Word.NUMBER) score += 20;
  if (shows & Word.SUBSTITUTION) score += 15;
  if (shows & (Word.EXPANDED | Word.GLOB)) score += 8;
  if (paired) score += 20;
  if (redirected) score += 15;
  if (quotedArgument && commandSets & (Shell.SHELL | Shell.READER)) score += 10;
  if (plainCount > 0 && score < 20 && !(place === Place.SUBSTITUTION && commandSets & Shell.READER))
    score -= plainCount > 2 ? 30 : 20;
  return min(score, 85);
}

/** Whether nothing but what closes or separates stands at `at`: a command without arguments ends here. */
export function isClosed(at: usize, end: usize): bool {
  if (at >= end) return true;
  const byte = byteAt(at);
  return (
    byte === 0x3b ||
    byte === 0x26 ||
    byte === 0x7c ||
    byte === 0x29 ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte === 0x60 ||
    byte === 0x23 ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0x3e ||
    byte === 0x3c ||
    byte === 0 ||
    byte === 0x7d ||
    (byte === 0x5c && byteAt(at + 1) === 0x6e)
  );
}

/** Whether only what closes or separates is left of the text. */
export function isLast(at: usize, end: usize): bool {
  const limit = min(end, at + 24);
  for (; at < limit; at++) {
    const byte = byteAt(at);
    if (byte === 0x5c && byteAt(at + 1) === 0x6e) {
      at++;
      continue;
    }
    if (byte === 0x23) return true;
    if (is(byte, Is.LETTER | Is.DIGIT | Is.HIGH)) return false;
  }
  return at >= end;
}

/** How much the end of a text that is a name alone says. */
function scoreOfEnd(after: usize, end: usize): i32 {
  const byte = byteAt(after);
  if (after < end && (byte === 0x3b || byte === 0x26 || byte === 0x7c)) return isLast(after, end) ? 30 : 0;
  return commandTraits & (Word.IN_BIN | Word.BRACES) ? 0 : -15;
}

/** How sure it is that the command read last is one, in per cent. */
export function scoreCommand(place: Place, end: usize): i32 {
  let score = scoreOfName() + scoreOfPlace(place);
  const after = skipBlanks(commandEnd, end);
  if (argumentCount > 0 || argumentTraits & Word.SUBSTITUTION || redirected) {
    score += scoreOfArguments(place);
  } else if (!isClosed(after, end)) {
    return 0;
  } else {
    if (argumentTraits & Word.BRACES) score += 40;
    if (commandSets & Shell.RECON) score += 15;
    if (place === Place.START) score += scoreOfEnd(after, end);
  }
  if (nameEnd < end && byteAt(nameEnd) === 0x28) return 0;
  return min(score, 95);
}
