// The arguments of a command: what any of them shows.
import { byteAt, Is, is, lower } from '../../base/bytes';
import { hashByte } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Char } from './characters';
import { commandHash, commandSets, commandTraits, nameEnd, skipBlanks } from './command';
import { endOfPercent, isCut, isIfs } from './expansions';
import { readWord, wordEnd } from './lexer';
import { traits, Word } from './word';

/** Arguments are read no further than this: what proves a command stands before. */
const MOST: i32 = 16;
const LONGEST_IFS: usize = 16;

/** What any of the arguments read last shows, as bits of `Word`. */
export let argumentTraits: i32 = 0;
export let argumentCount: i32 = 0;
/** How many are words as prose has them. */
export let plainCount: i32 = 0;
/** Whether the name and the first argument are known to go together: `net user`, `sh -c`. */
export let paired: bool = false;
export let redirected: bool = false;
/** Where the command ends: at a separator, at what closes a bracket or a quote, or at the end of the text. */
export let commandEnd: usize = 0;

/** Reads the arguments of the command whose name was read last. */
export function readArguments(end: usize): void {
  argumentTraits = commandTraits & (Word.IFS | Word.BRACES);
  argumentCount = 0;
  plainCount = 0;
  paired = false;
  redirected = false;
  let at = nameEnd;
  while (argumentCount < MOST) {
    const before = at;
    at = skipBlanks(skipIfs(skipBlanks(at, end), end), end);
    const byte = byteAt(at);
    if (at >= end || (byte === Char.HASH && at > before)) break;
    // `date = x` compares or assigns.
    if (byte === Char.EQUALS && argumentCount === 0) break;
    if (byte === Char.LESS || byte === Char.GREATER) {
      at = readRedirection(at, end);
      continue;
    }
    // cmd.exe needs no blank before a switch: `dir/s`.
    if (at === before && byte !== Char.SLASH && byte !== Char.OPEN_PARENTHESIS) break;
    readWord(at, end);
    if (wordEnd === at) {
      if (byte === Char.BACKSLASH) {
        at++;
        continue;
      }
      if (beginsSubstitution(at, before)) argumentTraits |= Word.SUBSTITUTION;
      break;
    }
    addArgument(at);
    at = wordEnd;
  }
  commandEnd = at;
}

function addArgument(at: usize): void {
  argumentCount++;
  argumentTraits |= traits;
  if (
    traits & (Word.PLAIN | Word.PROSE) &&
    !(traits & (Word.OPTION | Word.SLASH | Word.QUOTED | Word.BROKEN | Word.EXPANDED))
  )
    plainCount++;
  if (argumentCount === 1) paired = (shellWord(pairHash(at)) & Shell.PAIR) !== 0;
}

function readRedirection(at: usize, end: usize): usize {
  redirected = true;
  while (
    at < end &&
    (byteAt(at) === Char.LESS || byteAt(at) === Char.GREATER || byteAt(at) === Char.AMPERSAND)
  )
    at++;
  if (byteAt(at) === Char.OPEN_PARENTHESIS) argumentTraits |= Word.SUBSTITUTION;
  return at;
}

/** `$(…)`, `` `…` ``, and `(…)` in PowerShell. */
function beginsSubstitution(at: usize, before: usize): bool {
  const byte = byteAt(at);
  if (byte === Char.DOLLAR) return byteAt(at + 1) === Char.OPEN_PARENTHESIS;
  if (byte === Char.BACKTICK)
    return is(byteAt(at + 1), Is.LETTER) && (at === before || (argumentCount > 0 && plainCount === 0));
  return (
    byte === Char.OPEN_PARENTHESIS &&
    (commandSets & (at > before ? Shell.CMDLET | Shell.WINDOWS : Shell.CMDLET)) !== 0
  );
}

/** Skips what stands for a blank: `$IFS`, `${IFS}`, `$IFS$9`, `${IFS%??}`, `%X:~10,1%`. */
export function skipIfs(at: usize, end: usize): usize {
  while (true) {
    const to =
      byteAt(at) === Char.DOLLAR
        ? afterIfs(at, end)
        : byteAt(at) === Char.PERCENT
          ? endOfPercent(at, end)
          : 0;
    if (to === 0 || (byteAt(at) === Char.PERCENT && !isCut(to))) return at;
    argumentTraits |= Word.IFS;
    at = to;
  }
}

function afterIfs(at: usize, end: usize): usize {
  const braced = byteAt(at + 1) === Char.OPEN_BRACE;
  at += braced ? 2 : 1;
  if (!isIfs(at)) return 0;
  at += 3;
  if (!braced) return byteAt(at) === Char.DOLLAR && is(byteAt(at + 1), Is.DIGIT) ? at + 2 : at;
  const limit = min(end, at + LONGEST_IFS);
  while (at < limit && byteAt(at) !== Char.CLOSE_BRACE) at++;
  return min(at + 1, end);
}

/** The hash of name, blank and argument, as the word list writes pairs. */
function pairHash(at: usize): u32 {
  let hash = hashByte(commandHash, Char.SPACE);
  for (; at < wordEnd; at++) hash = hashByte(hash, lower(byteAt(at)));
  return hash;
}
