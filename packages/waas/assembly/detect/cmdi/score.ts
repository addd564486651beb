// How sure it is that the command read last is one: what its name says, where it stands, and what its arguments show.
// Points are per cent of confidence, give or take: 50 and more are reported.
import { byteAt } from '../../base/bytes';
import { Shell } from '../../build/shell-words';
import { argumentCount, argumentTraits, commandEnd, paired, plainCount, redirected } from './arguments';
import { Char } from './characters';
import { commandSets, commandTraits, nameEnd, prefixed, skipBlanks } from './command';
import { isClosed, isLast, isSeparator } from './endings';
import { Place, scoreOfPlace } from './place';
import { Word } from './word';

/** How sure it is, in per cent; may be below 0 or above 100. */
export function scoreCommand(place: Place, end: usize): i32 {
  if (byteAt(nameEnd) === Char.OPEN_PARENTHESIS && !(argumentTraits & Word.SUBSTITUTION)) return 0;
  let score = scoreOfName() + scoreOfPlace(place);
  if (place === Place.TICKED && commandSets & Shell.DEVELOP) score -= 30;
  if (argumentCount > 0 || argumentTraits & Word.SUBSTITUTION || redirected)
    return score + scoreOfArguments(place);
  const after = skipBlanks(commandEnd, end);
  return isClosed(after, end) ? score + scoreOfLoneName(place, after, end) : 0;
}

/** What the name says: whether it means anything but the command, and whether somebody hides it. */
function scoreOfName(): i32 {
  if (commandSets & Shell.KEYWORD && !prefixed) return -50;
  let score = -10;
  if (commandSets & (Shell.PLAIN | Shell.CMDLET)) score = 40;
  else if (commandSets & Shell.TOOL) score = 20;
  else if (commandSets & Shell.WORD) score = 10;
  if (commandTraits & Word.IN_BIN) score += 30;
  if (commandTraits & Word.BROKEN) score += commandSets & Shell.WORD ? 30 : 45;
  if (commandTraits & Word.EXPANDED) score += 30;
  if (commandTraits & Word.CAPITAL && commandSets & Shell.WORD) score -= commandSets & Shell.WINDOWS ? 5 : 15;
  return score;
}

/** What it says that a name has no arguments. */
function scoreOfLoneName(place: Place, after: usize, end: usize): i32 {
  if (argumentTraits & Word.BRACES) return 45;
  let score = 0;
  if (commandSets & Shell.RECON && !(place === Place.TICKED && commandSets & Shell.SHELL)) score += 15;
  else if (place === Place.TICKED) score -= 35;
  else if (place !== Place.OPENING || (commandSets & Shell.WORD && !(commandTraits & Word.SLASH)))
    score -= 15;
  if (place !== Place.START) return score;
  if (after < end && isSeparator(byteAt(after))) return score + (isLast(after, end) ? 30 : 0);
  if (prefixed) return score;
  if ((commandTraits & Word.IN_BIN) === 0) return score - 15;
  return commandSets & (Shell.SHELL | Shell.PREFIX) ? score - 30 : score;
}

function scoreOfArguments(place: Place): i32 {
  let score = scoreOfPaths(place) + scoreOfTargets(place);
  if (argumentTraits & Word.IFS) score += 50;
  if (argumentTraits & Word.BRACES) score += 40;
  if (argumentTraits & Word.OPTION) score += 15;
  if (argumentTraits & Word.SUBSTITUTION) score += 15;
  if (argumentTraits & Word.EXPANDED || (argumentTraits & Word.GLOB && !(argumentTraits & Word.URL)))
    score += 8;
  if (argumentTraits & Word.ASSIGNMENT && commandSets & Shell.DEFINER) score += 35;
  if (argumentTraits & (Word.QUOTED | Word.DOTTED) && commandSets & Shell.CMDLET) score += 10;
  if (argumentTraits & Word.QUOTED && commandSets & (Shell.SHELL | Shell.READER)) score += 10;
  if (paired) score += 25;
  if (redirected) score += 15;
  const reads =
    commandSets & Shell.READER &&
    (place === Place.SUBSTITUTION || (place === Place.TICKED && commandSets & Shell.TOOL));
  if (plainCount > 0 && score < 15 && !reads) score -= plainCount > 2 ? 30 : 20;
  return score;
}

/** The paths among the arguments. */
function scoreOfPaths(place: Place): i32 {
  const reads = (commandSets & Shell.READER) !== 0;
  if (argumentTraits & Word.SECRET && argumentTraits & (Word.SYSTEM | Word.WINDOWS_PATH | Word.RELATIVE))
    return 50;
  if (argumentTraits & Word.SYSTEM) return reads ? 30 : 15;
  if (argumentTraits & Word.WINDOWS_PATH) return 25;
  if (argumentTraits & (Word.ABSOLUTE | Word.RELATIVE) && commandSets & (Shell.READER | Shell.SHELL))
    return 15;
  return reads && argumentTraits & Word.DOTTED && place !== Place.START ? 10 : 0;
}

/** Where its arguments have it go, and how long they have it wait. */
function scoreOfTargets(place: Place): i32 {
  if (commandSets & Shell.NETWORK) {
    if (argumentTraits & Word.URL) return place !== Place.START ? 30 : commandSets & Shell.PLAIN ? 20 : 10;
    if (argumentTraits & Word.ADDRESS) return 20;
    if (argumentTraits & Word.DOTTED) return 15;
  }
  return commandSets & Shell.DELAY && argumentTraits & Word.NUMBER ? 20 : 0;
}
