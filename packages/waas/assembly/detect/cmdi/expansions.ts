// What expands within a word. Each reader is given the place of the first byte, and returns where reading goes on, or 0 when
// the word ends before that byte.
import { byteAt, Is, is } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Char } from './characters';
import { add, beginValue, endFolder, length, letters, show, traits, Word } from './word';

/** Braces are closed and a variable's name ends within this: what is injected is short, and the time stays linear. */
const LONGEST_BRACES: usize = 128;
const LONGEST_EXPANSION: usize = 64;

const NAME: i32 = Is.LETTER | Is.DIGIT | Is.UNDERSCORE;

/** `$IFS`, `$@`, `$1`, `$x`, `${…}`, `$()`, `$'…'`. */
export function readDollar(at: usize, end: usize): usize {
  const next = byteAt(at + 1);
  switch (next) {
    case Char.SINGLE_QUOTE:
    case Char.DOUBLE_QUOTE:
      return at + 1;
    case Char.OPEN_PARENTHESIS:
      if (byteAt(at + 2) !== Char.CLOSE_PARENTHESIS) {
        show(Word.SUBSTITUTION);
        return 0;
      }
      show(Word.BROKEN);
      return at + 3;
    case Char.OPEN_BRACE:
      return readBraced(at, end);
    case Char.AT:
    case Char.STAR:
    case Char.EXCLAMATION:
    case Char.QUESTION:
    case Char.DOLLAR:
    case Char.HASH:
    case Char.DASH:
    case Char.UNDERSCORE:
      show(Word.EXPANDED);
      return at + 2;
    default:
      break;
  }
  if (isIfs(at + 1)) {
    show(Word.IFS);
    return 0;
  }
  if (!is(next, Is.LETTER | Is.DIGIT)) return 0;
  let to = at + 2;
  if (is(next, Is.LETTER)) while (to < end && is(byteAt(to), NAME)) to++;
  expand(at + 1, to);
  return to;
}

export function isIfs(at: usize): bool {
  return byteAt(at) === 0x49 && byteAt(at + 1) === 0x46 && byteAt(at + 2) === 0x53;
}

/** Some variables name a shell: `$SHELL`, `%COMSPEC%`. */
function expand(at: usize, end: usize): void {
  show(Word.EXPANDED);
  if (length > 0 || (shellWord(hashOf(at, end)) & Shell.VARIABLE) === 0) return;
  add(0x73);
  add(0x68);
}

function readBraced(at: usize, end: usize): usize {
  if (isIfs(at + 2)) {
    show(Word.IFS);
    return 0;
  }
  const limit = min(end, at + LONGEST_EXPANSION);
  let to = at + 2;
  while (to < limit && byteAt(to) !== Char.CLOSE_BRACE && !is(byteAt(to), Is.SPACE)) to++;
  if (to >= limit || byteAt(to) !== Char.CLOSE_BRACE) return 0;
  expand(at + 2, to);
  return to + 1;
}

/** `%VAR%` of cmd.exe; `%VAR:~0,1%` cuts a character out, most often a blank. Another `%` is one. */
export function readPercent(at: usize, end: usize): usize {
  const to = endOfPercent(at, end);
  if (to === 0) {
    add(Char.PERCENT);
    return at + 1;
  }
  if (isCut(to) && length > 0) {
    show(Word.IFS);
    return 0;
  }
  expand(at + 1, to - 1);
  return to;
}

/** Behind the `%VAR%` or `%VAR:~0,1%` at `at`, or 0. */
export function endOfPercent(at: usize, end: usize): usize {
  const limit = min(end, at + LONGEST_EXPANSION);
  let to = at + 1;
  while (to < limit && is(byteAt(to), NAME)) to++;
  if (to === at + 1) return 0;
  if (byteAt(to) === Char.COLON && byteAt(to + 1) === Char.TILDE)
    while (to < limit && byteAt(to) !== Char.PERCENT && !is(byteAt(to), Is.SPACE)) to++;
  return to < limit && byteAt(to) === Char.PERCENT ? to + 1 : 0;
}

/** Whether the expansion before `to` ends in a number: `:~10,1%`. */
export function isCut(to: usize): bool {
  let at = to - 2;
  while (is(byteAt(at), Is.DIGIT) || byteAt(at) === Char.COMMA || byteAt(at) === Char.DASH) at--;
  return byteAt(at) === Char.TILDE;
}

/**
 * `{cat,/etc/passwd}` and `{,ifconfig,eth0}`: braces with commas and without blanks, one of whose items is empty or looks
 * like an argument. The first item that is not empty is the name. `at` when it is no such thing.
 */
export function readBraces(at: usize, end: usize): usize {
  const limit = min(end, at + LONGEST_BRACES);
  let to = at + 1;
  let itemAt = to;
  let named = false;
  let shows = false;
  for (; to < limit; to++) {
    const byte = byteAt(to);
    if (byte === Char.COMMA || byte === Char.CLOSE_BRACE) {
      if (to === itemAt) shows = true;
      if (length > 0) named = true;
      if (byte === Char.CLOSE_BRACE) break;
      itemAt = to + 1;
    } else if (
      is(byte, Is.SPACE) ||
      byte === Char.COLON ||
      byte === Char.SEMICOLON ||
      byte === Char.OPEN_BRACE
    ) {
      return at;
    } else if (named) {
      if (byte === Char.SLASH || byte === Char.DOT || (byte === Char.DASH && to === itemAt)) shows = true;
    } else if (byte === Char.SLASH) {
      endFolder();
    } else if (
      byte !== Char.SINGLE_QUOTE &&
      byte !== Char.DOUBLE_QUOTE &&
      byte !== Char.BACKSLASH &&
      byte !== Char.DOLLAR
    ) {
      add(byte);
    }
  }
  if (to >= limit || itemAt === at + 1 || !shows) return at;
  show(Word.BRACES);
  return to + 1;
}

/** `=`: what stands before it is a variable's name or an option's, what follows a value. */
export function readEquals(at: usize, start: usize): usize {
  if (letters > 0 && !(traits & Word.SLASH) && byteAt(start) !== Char.DASH) show(Word.ASSIGNMENT);
  if (byteAt(at + 1) === Char.SLASH) show(Word.ABSOLUTE);
  beginValue();
  return at + 1;
}
