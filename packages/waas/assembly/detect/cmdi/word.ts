// One word of a command line, as a shell would see it after it has removed quotes, escapes and what expands to nothing.
// The same lexer serves the POSIX shell, cmd.exe and PowerShell: a value does not say which of them will run it.
import { byteAt, hexValue, Is, is, lower } from '../../base/bytes';
import { hashByte, NO_BYTES } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';

/** What a word shows about itself; several may hold. */
export enum Word {
  /** Quotes or escapes stand inside it, where nobody needs them: `c'a't`, `wh\oami`, `p^ing`. */
  BROKEN = 1 << 0,
  /** It begins with a quote. */
  QUOTED = 1 << 1,
  /** Something in it expands: `$x`, `${x}`, `%x%`. */
  EXPANDED = 1 << 2,
  /** `$IFS` stands in it or ends it: a blank for those who may not write one. */
  IFS = 1 << 3,
  GLOB = 1 << 4,
  /** It begins with `/` and a further byte. */
  ABSOLUTE = 1 << 5,
  /** `C:\`, `%SYSTEMROOT%\`, `\\server\`. */
  WINDOWS_PATH = 1 << 6,
  /** `./x`, `../x`, `~/x` */
  RELATIVE = 1 << 7,
  /** The folder before its last part is one of those that commands live in: `/bin/x`, `usr/bin/x`. */
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
  /** Some part of it is a file that attackers read. */
  SECRET = 1 << 18,
  /** A mark of prose hangs on it: `word,` `word.` `word:`. */
  PROSE = 1 << 19,
  /** It is `{a,b}`. */
  BRACES = 1 << 20,
  /** It names something in a domain or a file with an extension: `a.b`. */
  DOTTED = 1 << 21,
  /** A path of any kind, with a separator in it. */
  SLASH = 1 << 22,
}

/** What a byte does in a word. */
enum Does {
  PART,
  END,
  SINGLE,
  DOUBLE,
  BACKSLASH,
  CARET,
  DOLLAR,
  SLASH,
  GLOB,
  PERCENT,
  DOT,
  EQUALS,
  COLON,
  BACKTICK,
  COMMA,
  LESS,
}

/** Quotes are looked for no further than this: an injected word is short, and the time stays linear. */
const LONGEST_QUOTE: usize = 128;
/** A word is read no further than this. */
const LONGEST: usize = 512;

const does: usize = memory.data(256);

function put(bytes: string, what: Does): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(does + bytes.charCodeAt(i), what);
}

put('\0\t\n\v\f\r +;&|(){}', Does.END);
put("'", Does.SINGLE);
put('"', Does.DOUBLE);
put('\\', Does.BACKSLASH);
put('^', Does.CARET);
put('$', Does.DOLLAR);
put('/', Does.SLASH);
put('?*[]', Does.GLOB);
put('%', Does.PERCENT);
put('.', Does.DOT);
put('=', Does.EQUALS);
put(':', Does.COLON);
put('`', Does.BACKTICK);
put(',', Does.COMMA);
put('<>', Does.LESS);

/** Of the word read last: what it shows, the hash and sets of its last part (the command's name, when it is one), and its end. */
export let traits: i32 = 0;
export let nameHash: u32 = 0;
export let nameSets: i32 = 0;
export let wordEnd: usize = 0;

let hash: u32 = NO_BYTES;
/** The hash of the part so far without an extension or a version at its end, or 0. */
let stem: u32 = 0;
let parts: i32 = 0;
let length: i32 = 0;
let digits: i32 = 0;
let dots: i32 = 0;
let letters: i32 = 0;

/** Adds a byte of the word itself, after quotes and escapes. */
function add(byte: i32): void {
  if (is(byte, Is.DIGIT)) {
    digits++;
    if (stem === 0 && letters > 1) stem = hash;
  } else if (is(byte, Is.LETTER)) {
    letters++;
    if (digits > 0) stem = 0;
  }
  hash = hashByte(hash, lower(byte));
  length++;
}

/** A part of a path ends: what it says, and a new one begins. */
function endPart(): void {
  const sets = shellWord(hash);
  if (sets & Shell.FOLDER && parts < 2) traits |= Word.SYSTEM;
  if (sets & Shell.SECRET) traits |= Word.SECRET;
  if (sets & Shell.BIN) traits |= Word.IN_BIN;
  else traits &= ~Word.IN_BIN;
  traits |= Word.SLASH;
  parts++;
  hash = NO_BYTES;
  stem = 0;
}

/** Reads the word that begins at `at`; it may be empty. */
export function readWord(at: usize, end: usize): void {
  const start = at;
  const limit = min(end, at + LONGEST);
  const first = byteAt(at);
  traits = is(first, Is.LETTER) && first < 0x61 ? Word.CAPITAL : 0;
  hash = NO_BYTES;
  stem = 0;
  parts = 0;
  length = 0;
  digits = 0;
  dots = 0;
  letters = 0;
  while (at < limit) {
    const byte = byteAt(at);
    const what: Does = load<u8>(does + byte);
    if (what === Does.PART) {
      add(byte);
      at++;
      continue;
    }
    if (what === Does.END) {
      if (byte === 0x7b && at === start) at = readBraces(at, limit);
      break;
    }
    const next = readSpecial(what, at, start, limit);
    if (next === 0) break;
    at = next;
  }
  wordEnd = at;
  nameHash = hash;
  nameSets = shellWord(hash);
  if (nameSets === 0 && stem !== 0) {
    nameHash = stem;
    nameSets = shellWord(stem);
  }
  if (parts > 0 && nameSets & Shell.SECRET) traits |= Word.SECRET;
  if (parts > 0 && parts < 2 && nameSets & Shell.FOLDER) traits |= Word.SYSTEM;
  describe(start);
}

function describe(start: usize): void {
  const first = byteAt(start);
  const last = byteAt(wordEnd - 1);
  if (digits === length && length > 0) traits |= Word.NUMBER;
  if (letters === length && length > 0) traits |= Word.PLAIN;
  if (length === 2 && letters === 1 && last === 0x3a) traits |= Word.WINDOWS_PATH;
  if (dots === 3 && digits + dots === length) traits |= Word.ADDRESS;
  else if (dots > 0 && length > dots + 1) traits |= Word.DOTTED;
  if (first === 0x2d && length > 1) traits |= Word.OPTION;
  if (first === 0x2f && parts === 1 && letters < 16) traits |= Word.OPTION;
  if (length > 1 && (last === 0x2e || last === 0x2c || last === 0x3a || last === 0x21)) traits |= Word.PROSE;
}

/** A byte that means something to a shell. Where reading goes on, or 0 when the word ends before it. */
function readSpecial(what: Does, at: usize, start: usize, end: usize): usize {
  const byte = byteAt(at);
  const next = byteAt(at + 1);
  switch (what) {
    case Does.SINGLE:
    case Does.DOUBLE:
      return readQuoted(at, start, end);
    case Does.BACKSLASH:
      return readBackslash(at, start, next);
    case Does.CARET:
      if (!is(next, Is.LETTER | Is.DIGIT)) return 0;
      traits |= Word.BROKEN;
      return at + 1;
    case Does.DOLLAR:
      return readDollar(at, start, end);
    case Does.PERCENT:
      return readPercent(at, end);
    case Does.SLASH:
      if (at === start) traits |= Word.ABSOLUTE;
      if (byteAt(at - 1) === 0x3a && next === 0x2f && parts === 0) traits |= Word.URL;
      if (parts === 0 && at === start + 1 && (byteAt(start) === 0x2e || byteAt(start) === 0x7e))
        traits |= Word.RELATIVE;
      if (parts === 0 && at === start + 2 && byteAt(start + 1) === 0x2e) traits |= Word.RELATIVE;
      if (parts === 0 && at === start + 2 && byteAt(at - 1) === 0x3a) traits |= Word.WINDOWS_PATH;
      endPart();
      length++;
      return at + 1;
    case Does.DOT:
      dots++;
      if (letters > 0 && stem === 0) stem = hash;
      break;
    case Does.GLOB:
      traits |= Word.GLOB;
      break;
    case Does.EQUALS:
      if (letters > 0 && parts === 0 && !(traits & Word.OPTION) && byteAt(start) !== 0x2d)
        traits |= Word.ASSIGNMENT;
      hash = NO_BYTES;
      stem = 0;
      length++;
      return at + 1;
    case Does.BACKTICK:
      if (next === 0x60) {
        traits |= Word.BROKEN;
        return at + 2;
      }
      if (is(next, Is.LETTER | Is.DIGIT) && letters > 0) {
        traits |= Word.SUBSTITUTION;
      }
      return 0;
    case Does.LESS:
      if (next === 0x28 && byteAt(at + 2) === 0x29) {
        traits |= Word.BROKEN;
        return at + 3;
      }
      return 0;
    default:
      break;
  }
  add(byte);
  return at + 1;
}

/** A quoted part. One that is never closed, or is far too long for a word, ends the word before its quote. */
function readQuoted(at: usize, start: usize, end: usize): usize {
  const quote = byteAt(at);
  const limit = min(end, at + LONGEST_QUOTE);
  let to = at + 1;
  let blank = false;
  while (to < limit && byteAt(to) !== quote) {
    const byte = byteAt(to);
    if (is(byte, Is.SPACE)) blank = true;
    else if (byte === 0x3b || byte === 0x26 || byte === 0x7c) blank = true;
    to++;
  }
  if (to >= limit) return 0;
  if (at === start) traits |= Word.QUOTED;
  else if (blank) return 0;
  else if (byteAt(at - 1) !== 0x3d) traits |= Word.BROKEN;
  const ansi = at > start && byteAt(at - 1) === 0x24;
  for (let i = at + 1; i < to; i++) {
    const byte = byteAt(i);
    if (byte === 0x5c && ansi) i = readAnsi(i, to);
    else if (byte === 0x2f || byte === 0x5c) endPart();
    else add(byte);
  }
  if (at === start && !blank && is(byteAt(to + 1), Is.LETTER | Is.DIGIT)) traits |= Word.BROKEN;
  return to + 1;
}

/** `\x63`, `\143` and `\u0063` in `$'…'`. The place of their last byte. */
function readAnsi(at: usize, end: usize): usize {
  const kind = byteAt(at + 1);
  let to = at + 1;
  let value = 0;
  if (kind === 0x78 || kind === 0x75) {
    for (to = at + 2; to < end && to < at + 6 && hexValue(byteAt(to)) >= 0; to++)
      value = (value << 4) | hexValue(byteAt(to));
  } else {
    for (; to < end && to < at + 4 && (byteAt(to) & 0xf8) === 0x30; to++)
      value = (value << 3) | (byteAt(to) & 7);
  }
  if (value > 0) add(value & 0xff);
  traits |= Word.BROKEN;
  return max(to - 1, at);
}

/** An escape in a POSIX shell, a separator in a path of Windows. */
function readBackslash(at: usize, start: usize, next: i32): usize {
  const drive = at === start + 2 && byteAt(start + 1) === 0x3a && is(byteAt(start), Is.LETTER);
  if (drive || (at === start && next === 0x5c) || (at > start && byteAt(at - 1) === 0x25))
    traits |= Word.WINDOWS_PATH;
  if (traits & Word.WINDOWS_PATH) {
    endPart();
    length++;
    return at + 1;
  }
  if (!is(next, Is.LETTER | Is.DIGIT)) {
    if (next === 0x20 || next === 0x24 || next === 0x60 || is(next, Is.SPACE)) return 0;
    if (next === 0x22 || next === 0x27) return 0;
    return at + 1;
  }
  if ((next === 0x6e || next === 0x72) && letters > 0 && !is(byteAt(at + 2), Is.LETTER | Is.DIGIT)) return 0;
  traits |= Word.BROKEN;
  return at + 1;
}

/** `$IFS`, `$@`, `$1`, `$x`, `${…}`, `$()`, `$'…'`. */
function readDollar(at: usize, start: usize, end: usize): usize {
  const next = byteAt(at + 1);
  if (next === 0x27 || next === 0x22) {
    hash = at === start ? NO_BYTES : hash;
    return at + 1;
  }
  if (next === 0x7b) return readBraced(at, end);
  if (next === 0x28) {
    if (byteAt(at + 2) === 0x29) {
      traits |= Word.BROKEN;
      return at + 3;
    }
    traits |= Word.SUBSTITUTION;
    return 0;
  }
  if (next === 0x49 && byteAt(at + 2) === 0x46 && byteAt(at + 3) === 0x53) {
    traits |= Word.IFS;
    return 0;
  }
  if (
    next === 0x40 ||
    next === 0x2a ||
    next === 0x21 ||
    next === 0x3f ||
    next === 0x24 ||
    next === 0x23 ||
    is(next, Is.DIGIT)
  ) {
    traits |= Word.EXPANDED;
    return at + 2;
  }
  if (next === 0x2d || (next === 0x5f && !is(byteAt(at + 2), Is.DIGIT))) {
    traits |= Word.EXPANDED;
    return at + 2;
  }
  if (!is(next, Is.LETTER)) return 0;
  traits |= Word.EXPANDED;
  at += 2;
  while (at < end && is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) at++;
  return at;
}

function readBraced(at: usize, end: usize): usize {
  if (byteAt(at + 2) === 0x49 && byteAt(at + 3) === 0x46 && byteAt(at + 4) === 0x53) {
    traits |= Word.IFS;
    return 0;
  }
  const limit = min(end, at + 64);
  let to = at + 2;
  while (to < limit && byteAt(to) !== 0x7d && !is(byteAt(to), Is.SPACE)) to++;
  if (byteAt(to) !== 0x7d || to >= limit) return 0;
  traits |= Word.EXPANDED;
  return to + 1;
}

/** `%VAR%` and `%VAR:~0,1%` of cmd.exe. */
function readPercent(at: usize, end: usize): usize {
  const limit = min(end, at + 48);
  let to = at + 1;
  while (to < limit && is(byteAt(to), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) to++;
  if (byteAt(to) === 0x3a && byteAt(to + 1) === 0x7e) {
    while (to < limit && byteAt(to) !== 0x25 && !is(byteAt(to), Is.SPACE)) to++;
  }
  if (to === at + 1 || byteAt(to) !== 0x25 || to >= limit) {
    add(0x25);
    return at + 1;
  }
  traits |= Word.EXPANDED;
  return to + 1;
}

/**
 * `{cat,/etc/passwd}` and `{,ifconfig,eth0}`: braces with commas and without blanks, one of whose items is empty or looks
 * like an argument. The first item that is not empty is the name.
 */
function readBraces(at: usize, end: usize): usize {
  const limit = min(end, at + LONGEST_QUOTE);
  let to = at + 1;
  let itemAt = to;
  let named = false;
  let shows = false;
  for (; to < limit; to++) {
    const byte = byteAt(to);
    if (byte === 0x2c || byte === 0x7d) {
      if (to === itemAt) shows = true;
      if (length > 0) named = true;
      if (byte === 0x7d) break;
      itemAt = to + 1;
    } else if (is(byte, Is.SPACE) || byte === 0x3a || byte === 0x3b || byte === 0x7b) {
      return at;
    } else if (named) {
      if (byte === 0x2f || byte === 0x2e || (byte === 0x2d && to === itemAt)) shows = true;
    } else if (byte === 0x2f) {
      endPart();
    } else if (byte !== 0x27 && byte !== 0x22 && byte !== 0x5c && byte !== 0x24) {
      add(byte);
    }
  }
  if (to >= limit || itemAt === at + 1 || !shows) return at;
  traits |= Word.BRACES;
  return to + 1;
}
