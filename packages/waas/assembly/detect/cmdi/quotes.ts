// Quotes and escapes within a word. Each reader is given the place of the first byte, and returns where reading goes on, or 0
// when the word ends before that byte.
import { byteAt, hexValue, Is, is } from '../../base/bytes';
import { Char } from './characters';
import { add, endFolder, length, show, traits, Word } from './word';

/** A quote is closed within this: what is injected is short, and the time stays linear. */
const LONGEST_QUOTE: usize = 128;

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
