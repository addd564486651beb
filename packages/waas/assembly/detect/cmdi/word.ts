// What is known of the word that is being read: its parts, as a shell would see them after quotes, escapes and expansions.
import { byteAt, Is, is, lower } from '../../base/bytes';
import { hashByte, NO_BYTES } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Char } from './characters';
import { Known, resolveGlob } from './globs';

/** What a word shows about itself; several may hold. */
export enum Word {
  /** Quotes or escapes stand inside it, where nobody needs them: `c'a't`, `wh\oami`, `p^ing`. */
  BROKEN = 1 << 0,
  /** It begins with a quote. */
  QUOTED = 1 << 1,
  /** Something in it expands: `$x`, `${x}`, `%x%`. */
  EXPANDED = 1 << 2,
  /** `$IFS` ends it: a blank for those who may not write one. */
  IFS = 1 << 3,
  GLOB = 1 << 4,
  /** It is a path from the root. */
  ABSOLUTE = 1 << 5,
  /** `C:\`, `%SYSTEMROOT%\`, `\\server\` */
  WINDOWS_PATH = 1 << 6,
  /** `./x`, `../x`, `~/x` */
  RELATIVE = 1 << 7,
  /** The folder before its last part is one that commands live in: `/bin/x`, `usr/bin/x`. */
  IN_BIN = 1 << 8,
  URL = 1 << 9,
  /** `-x`, `--long`, `/x` */
  OPTION = 1 << 10,
  NUMBER = 1 << 11,
  /** `10.0.0.1` */
  ADDRESS = 1 << 12,
  ASSIGNMENT = 1 << 13,
  CAPITAL = 1 << 14,
  /** Letters only. */
  PLAIN = 1 << 15,
  /** `$(…)`, `` `…` ``, `<(…)` begins in it. */
  SUBSTITUTION = 1 << 16,
  /** Its first folder is a system's: `/etc/…`, `C:\Windows\…`. */
  SYSTEM = 1 << 17,
  /** Some part of its path is a file that attackers read. */
  SECRET = 1 << 18,
  /** A mark of prose hangs on it: `word,` `word.` `word:`. */
  PROSE = 1 << 19,
  /** It is `{a,b}`. */
  BRACES = 1 << 20,
  /** It names something in a domain or a file with an extension: `a.b`. */
  DOTTED = 1 << 21,
  /** It has folders, of whatever kind. */
  SLASH = 1 << 22,
  /** It is a glob that stands for the path of a command or of a file that attackers read: `/???/c?t`. */
  DISGUISED = 1 << 23,
}

/** Of the word read last: what it shows, and the hash and sets of its last part, a command's name if it is one. */
export let traits: i32 = 0;
export let nameHash: u32 = 0;
export let nameSets: i32 = 0;

/** How many bytes it has, after quotes and escapes, and how many of them are letters. */
export let length: i32 = 0;
export let letters: i32 = 0;
/** How many folders were read. */
export let folders: i32 = 0;

let digits: i32 = 0;
let dots: i32 = 0;
let hash: u32 = NO_BYTES;
/** The hash of the part before its first dot or digit, and that of what stands behind its last dot. */
let stem: u32 = 0;
let extension: u32 = 0;
let lettersSinceStem: i32 = 0;

export function beginWord(first: i32): void {
  traits = is(first, Is.LETTER) && first < 0x61 ? Word.CAPITAL : 0;
  length = 0;
  letters = 0;
  folders = 0;
  digits = 0;
  dots = 0;
  beginPart();
}

function beginPart(): void {
  hash = NO_BYTES;
  stem = 0;
  extension = NO_BYTES;
  lettersSinceStem = 0;
}

export function show(trait: Word): void {
  traits |= trait;
}

/** Adds a byte of the word itself, after quotes and escapes. */
export function add(byte: i32): void {
  const letter = is(byte, Is.LETTER);
  if (letter) {
    letters++;
    lettersSinceStem++;
  } else if (is(byte, Is.DIGIT)) {
    digits++;
    beginStem();
  } else if (byte === Char.DOT) {
    dots++;
    beginStem();
    extension = NO_BYTES;
  }
  hash = hashByte(hash, lower(byte));
  if (byte !== Char.DOT) extension = hashByte(extension, lower(byte));
  length++;
}

function beginStem(): void {
  if (stem !== 0 || hash === NO_BYTES) return;
  stem = hash;
  lettersSinceStem = 0;
}

/** A folder of a path ends, and its next part begins. */
export function endFolder(): void {
  const sets = shellWord(hash);
  if (isRooted() && folders < 2 && sets & Shell.FOLDER) traits |= Word.SYSTEM;
  if (sets & Shell.SECRET) traits |= Word.SECRET;
  if (sets & Shell.BIN) traits |= Word.IN_BIN;
  else traits &= ~Word.IN_BIN;
  traits |= Word.SLASH;
  folders++;
  length++;
  beginPart();
}

function isRooted(): bool {
  return (traits & (Word.ABSOLUTE | Word.WINDOWS_PATH)) !== 0;
}

/** The value of an assignment or an option begins: its path counts as one. */
export function beginValue(): void {
  length++;
  beginPart();
}

/** The word that began at `start` ends before `end`. */
export function endWord(start: usize, end: usize): void {
  nameHash = hash;
  nameSets = shellWord(hash);
  if (nameSets === 0 && stem !== 0 && (lettersSinceStem === 0 || shellWord(extension) & Shell.EXTENSION)) {
    nameHash = stem;
    nameSets = shellWord(stem);
  }
  if (folders > 0) {
    if (nameSets & Shell.SECRET) traits |= Word.SECRET;
    if (isRooted() && folders < 2 && nameSets & Shell.FOLDER) traits |= Word.SYSTEM;
  }
  if (traits & Word.GLOB && traits & Word.ABSOLUTE) judgeGlob(start, end);
  if (length === 0) return;
  const first = byteAt(start);
  const last = byteAt(end - 1);
  if (digits === length) traits |= Word.NUMBER;
  if (letters === length) traits |= Word.PLAIN;
  if (length === 2 && letters === 1 && last === Char.COLON) traits |= Word.WINDOWS_PATH;
  if (dots === 3 && digits + dots === length) traits |= Word.ADDRESS;
  else if (dots > 0 && length > dots + 1) traits |= Word.DOTTED;
  if (length === 1) {
    if (traits & Word.ABSOLUTE) traits |= Word.SYSTEM;
    return;
  }
  if (first === Char.DASH || (first === Char.SLASH && folders === 1 && letters < 16)) traits |= Word.OPTION;
  if (last === Char.DOT || last === Char.COMMA || last === Char.COLON || last === Char.EXCLAMATION)
    traits |= Word.PROSE;
}

function judgeGlob(start: usize, end: usize): void {
  const known = resolveGlob(start, end);
  if (known === Known.NOTHING) return;
  traits |= Word.DISGUISED;
  if (known === Known.SECRET) {
    traits |= Word.SYSTEM | Word.SECRET;
    return;
  }
  traits |= Word.IN_BIN;
  nameSets = Shell.PLAIN | Shell.READER | Shell.NETWORK | Shell.RECON;
}
