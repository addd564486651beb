// A simple command: assignments, prefixes such as `sudo`, a name, and what its arguments show.
import { byteAt, Is, is } from '../../base/bytes';
import { hashByte } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { nameHash, nameSets, readWord, traits, Word, wordEnd } from './word';

/** Arguments are read no further than this; what proves a command stands before. */
const MOST_ARGUMENTS: i32 = 16;

/** Of the command read last. */
export let commandSets: i32 = 0;
export let commandTraits: i32 = 0;
export let commandAt: usize = 0;
/** The hash of its name. */
let commandHash: u32 = 0;
export let nameEnd: usize = 0;
/** Its assignments in front, and whether a prefix such as `sudo` led to it. */
export let assignments: i32 = 0;
export let prefixed: bool = false;
/** What any of its arguments shows, how many there are, how many are plain words, whether the first makes a pair with the name. */
export let argumentTraits: i32 = 0;
export let argumentCount: i32 = 0;
export let plainCount: i32 = 0;
export let paired: bool = false;
export let quotedArgument: bool = false;
export let redirected: bool = false;
/** Where it ends: at a separator, a closing bracket or quote, or at the end of the text. */
export let commandEnd: usize = 0;

/** Blanks of a command line; `+` is one in a form body. */
export function isBlank(byte: i32): bool {
  return byte === 0x20 || byte === 0x09 || byte === 0x2b || byte === 0xa0;
}

export function skipBlanks(at: usize, end: usize): usize {
  while (at < end && isBlank(byteAt(at))) at++;
  return at;
}

/** Reads the name of the command at `at`. Whether some shell knows it, or it is built from expansions. */
export function readName(at: usize, end: usize): bool {
  assignments = 0;
  prefixed = false;
  let prefixEnd: usize = 0;
  for (let words = 0; words < 6; words++) {
    const start = byteAt(at) === 0x40 ? at + 1 : at;
    readWord(start, end);
    if (traits & Word.ASSIGNMENT && byteAt(start) !== 0x2d) {
      assignments++;
      const next = skipBlanks(wordEnd, end);
      if (next === wordEnd) return false;
      at = next;
      continue;
    }
    if (wordEnd === start) return prefixEnd !== 0;
    if (nameSets === 0 && prefixEnd !== 0) return true;
    commandAt = start;
    nameEnd = wordEnd;
    commandSets = nameSets;
    commandHash = nameHash;
    commandTraits = traits;
    if (nameSets & Shell.PREFIX && isBlank(byteAt(wordEnd))) {
      prefixEnd = wordEnd;
      const next = skipOptions(wordEnd, end);
      readWord(next, end);
      if (nameSets & KNOWN) {
        prefixed = true;
        at = next;
        continue;
      }
      return true;
    }
    break;
  }
  return (commandSets & KNOWN) !== 0;
}

/** The sets that make a word the name of a command. */
export const KNOWN: i32 = Shell.PLAIN | Shell.TOOL | Shell.WORD | Shell.DEVELOP | Shell.CMDLET;

function skipOptions(at: usize, end: usize): usize {
  at = skipBlanks(at, end);
  while (at < end && byteAt(at) === 0x2d) {
    while (at < end && !is(byteAt(at), Is.SPACE)) at++;
    at = skipBlanks(at, end);
  }
  return at;
}

/** Reads the arguments of the command whose name `readName` has read. */
export function readArguments(end: usize): void {
  argumentTraits = commandTraits & (Word.IFS | Word.BRACES);
  argumentCount = 0;
  plainCount = 0;
  paired = false;
  quotedArgument = false;
  redirected = false;
  let at = nameEnd;
  while (argumentCount < MOST_ARGUMENTS) {
    const before = at;
    at = skipIfs(skipBlanks(at, end), end);
    const byte = byteAt(at);
    if (at >= end) break;
    if (byte === 0x3c || byte === 0x3e) {
      redirected = true;
      at++;
      while (at < end && (byteAt(at) === 0x3c || byteAt(at) === 0x3e || byteAt(at) === 0x26)) at++;
      if (byteAt(at) === 0x28) argumentTraits |= Word.SUBSTITUTION;
      continue;
    }
    if (before === at && argumentCount > 0 && byte !== 0x2f) break;
    if (byte === 0x23 && before !== at) break;
    readWord(at, end);
    if (wordEnd === at) {
      if (byte === 0x5c && before !== at) {
        at++;
        continue;
      }
      if (byte === 0x28 && before !== at && commandSets & Shell.WINDOWS) argumentTraits |= Word.SUBSTITUTION;
      if (byte === 0x24 || (byte === 0x60 && is(byteAt(at + 1), Is.LETTER)))
        argumentTraits |= Word.SUBSTITUTION;
      break;
    }
    argumentCount++;
    argumentTraits |= traits;
    if (traits & Word.QUOTED) quotedArgument = true;
    const plain = traits & (Word.PLAIN | Word.PROSE) && !(traits & (Word.OPTION | Word.SLASH | Word.BROKEN));
    if (plain) plainCount++;
    if (argumentCount === 1) paired = (shellWord(pairHash(commandHash, at, wordEnd)) & Shell.PAIR) !== 0;
    at = wordEnd;
  }
  commandEnd = at;
}

/** `$IFS`, `${IFS}`, `$IFS$9`, `${IFS%??}`. */
function skipIfs(at: usize, end: usize): usize {
  while (byteAt(at) === 0x24) {
    const braced = byteAt(at + 1) === 0x7b;
    const name = at + (braced ? 2 : 1);
    if (byteAt(name) !== 0x49 || byteAt(name + 1) !== 0x46 || byteAt(name + 2) !== 0x53) break;
    argumentTraits |= Word.IFS;
    at = name + 3;
    if (braced) {
      const limit = at + 16;
      while (at < limit && byteAt(at) !== 0x7d) at++;
      at++;
    } else if (byteAt(at) === 0x24 && is(byteAt(at + 1), Is.DIGIT)) {
      at += 2;
    }
  }
  return min(at, end);
}

/** The hash of "name argument", as the word list writes pairs. */
function pairHash(name: u32, at: usize, end: usize): u32 {
  let hash = hashByte(name, 0x20);
  for (; at < end; at++) {
    const byte = byteAt(at);
    hash = hashByte(hash, is(byte, Is.LETTER) ? byte | 0x20 : byte);
  }
  return hash;
}
