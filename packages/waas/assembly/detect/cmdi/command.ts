// The name of a simple command: behind assignments, and behind commands that run another, such as `sudo`.
import { byteAt, Is, is, skip } from '../../base/bytes';
import { Shell } from '../../build/shell-words';
import { Char } from './characters';
import { readWord, wordEnd } from './lexer';
import { length, nameHash, nameSets, traits, Word } from './word';

/** Assignments and prefixes are read no further than this. */
const MOST_WORDS: i32 = 6;

/** The sets that make a word the name of a command. */
const KNOWN: i32 = Shell.PLAIN | Shell.TOOL | Shell.WORD | Shell.DEVELOP | Shell.CMDLET;

/** Of the command whose name was read last: the sets and the hash of its name, what the word shows, and where it ends. */
export let commandSets: i32 = 0;
export let commandHash: u32 = 0;
export let commandTraits: i32 = 0;
export let nameEnd: usize = 0;
/** Whether another command runs it. */
export let prefixed: bool = false;
/** How many assignments stand before it. */
export let assignments: i32 = 0;

/** Skips the blanks of a command line; `+` is one in a form body. */
export function skipBlanks(at: usize, end: usize): usize {
  while (at < end && isBlank(byteAt(at))) at++;
  return at;
}

export function isBlank(byte: i32): bool {
  return byte === Char.SPACE || byte === Char.TAB || byte === Char.PLUS;
}

/** Reads the name of the command at `at`. Whether some shell knows it. */
export function readName(at: usize, end: usize): bool {
  assignments = 0;
  prefixed = false;
  let found = false;
  for (let words = 0; words < MOST_WORDS && byteAt(at) !== Char.HASH; words++) {
    readWord(byteAt(at) === Char.AT ? at + 1 : at, end);
    const isEmpty = length === 0 && (traits & Word.EXPANDED) !== 0;
    if (isEmpty || traits & Word.ASSIGNMENT) {
      if (!isEmpty) assignments++;
      at = skipBlanks(wordEnd, end);
      if (at === wordEnd) return found;
      continue;
    }
    const sets = setsOfName();
    if (sets === 0) return found;
    commandSets = sets;
    commandHash = nameHash;
    commandTraits = traits;
    nameEnd = wordEnd;
    prefixed = found;
    found = true;
    if ((sets & Shell.PREFIX) === 0 || !isBlank(byteAt(wordEnd))) break;
    at = skipOptions(wordEnd, end);
  }
  return found;
}

/** The sets of the word read last as a command's name, or 0. A path names one when it leads to where commands are. */
function setsOfName(): i32 {
  const known = nameSets & KNOWN ? nameSets : 0;
  if ((traits & Word.SLASH) === 0) return known;
  if (traits & Word.URL || (traits & (Word.GLOB | Word.DISGUISED)) === Word.GLOB) return 0;
  if (traits & Word.IN_BIN) return known ? known : traits & Word.ABSOLUTE ? Shell.TOOL : 0;
  if (traits & Word.RELATIVE) return known ? known : Shell.WORD;
  if (traits & Word.WINDOWS_PATH) return known;
  if (traits & Word.SYSTEM) return known ? known : traits & Word.DOTTED ? Shell.WORD : 0;
  return 0;
}

/** Skips what stands between a prefix and its command: `sudo -u root id`, `timeout 5 id`. */
function skipOptions(at: usize, end: usize): usize {
  at = skipBlanks(at, end);
  while (byteAt(at) === Char.DASH || is(byteAt(at), Is.DIGIT)) {
    const to = byteAt(at) === Char.DASH ? findBlank(at, end) : skip(at, end, Is.DIGIT);
    if (!isBlank(byteAt(to))) break;
    at = skipBlanks(to, end);
  }
  return at;
}

function findBlank(at: usize, end: usize): usize {
  while (at < end && !isBlank(byteAt(at))) at++;
  return at;
}
