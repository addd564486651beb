// Quotes, escapes and expansions within a word. Each reader is given the place of the first byte, and returns where reading
// goes on, or 0 when the word ends before that byte.
import { byteAt, hexValue, Is, is } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Shell, shellWord } from '../../build/shell-words';
import { Char } from './characters';
import { add, beginValue, endFolder, length, letters, show, traits, Word } from './word';

/** A quote is closed within this, a variable's name ends within this: what is injected is short, and the time stays linear. */
const LONGEST_QUOTE: usize = 128;
const LONGEST_EXPANSION: usize = 64;

const NAME: i32 = Is.LETTER | Is.DIGIT | Is.UNDERSCORE;

/** A quoted part. One that is never closed, or that holds what separates commands, ends the word. */
export function readQuoted(at: usize, start: usize, end: usize): usize {
  const quote = byteAt(at);
  const limit = min(end, at + LONGEST_QUOTE);
  let separates = false;
  let to = at + 1;
  for (; to < limit && byteAt(to) !== quote; to++) {
    const byte = byteAt(to);
    if (is(byte, Is.SPACE) || byte === Char.SEMICOLON || byte === Char.AMPERSAND || byte === Char.PIPE)
      separates = true;
  }
  if (to >= limit) return 0;
  if (at === start) {
    show(Word.QUOTED);
    if (!separates && (is(byteAt(to + 1), Is.LETTER | Is.DIGIT) || to === at + 1)) show(Word.BROKEN);
  } else if (separates) {
    return 0;
  } else if (byteAt(at - 1) !== Char.EQUALS) {
    show(Word.BROKEN);
  }
  const escapes = at > start && byteAt(at - 1) === Char.DOLLAR;
  for (let i = at + 1; i < to; i++) {
    const byte = byteAt(i);
    if (byte === Char.BACKSLASH && escapes) i = readEscape(i, to);
    else if (byte === Char.BACKSLASH && i === start + 3 && byteAt(i - 1) === Char.COLON) {
      show(Word.WINDOWS_PATH);
      endFolder();
    } else if (byte === Char.SLASH && i === start + 1) {
      show(Word.ABSOLUTE);
      endFolder();
    } else if (byte === Char.SLASH || byte === Char.BACKSLASH) endFolder();
    else add(byte);
  }
  return to + 1;
}

/** `\x63`, `\143` and `\u0063` in `$'…'`. The place of the last byte. */
function readEscape(at: usize, end: usize): usize {
  const kind = byteAt(at + 1);
  let to = at + 1;
  let value = 0;
  if (kind === 0x78 || kind === 0x75) {
    for (to++; to < end && to < at + 6 && hexValue(byteAt(to)) >= 0; to++)
      value = (value << 4) | hexValue(byteAt(to));
  } else {
    for (; to < end && to < at + 4 && (byteAt(to) & 0xf8) === Char.ZERO; to++)
      value = (value << 3) | (byteAt(to) & 7);
  }
  if (value > 0) add(value & 0xff);
  show(Word.BROKEN);
  return max(to - 1, at);
}

/** An escape in a POSIX shell, a separator in a path of Windows. */
export function readBackslash(at: usize, start: usize): usize {
  const next = byteAt(at + 1);
  const before = at > start ? byteAt(at - 1) : 0;
  if (
    (at === start + 2 && before === Char.COLON) ||
    (at === start && next === Char.BACKSLASH) ||
    before === Char.PERCENT
  )
    show(Word.WINDOWS_PATH);
  if (traits & Word.WINDOWS_PATH) {
    endFolder();
    return at + 1;
  }
  if (!is(next, Is.LETTER | Is.DIGIT))
    return next === Char.SLASH || next === Char.DASH || next === Char.DOT ? at + 1 : 0;
  const isNewline = (next === 0x6e || next === 0x72) && !(traits & Word.BROKEN);
  if (isNewline && length > 0 && !is(byteAt(at + 2), Is.LETTER | Is.DIGIT)) return 0;
  show(Word.BROKEN);
  return at + 1;
}

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
  const limit = min(end, at + LONGEST_QUOTE);
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
