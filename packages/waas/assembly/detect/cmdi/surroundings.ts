// What stands around a command: a value, prose, or a document that shows commands.
import { byteAt, Is, is, skip } from '../../base/bytes';
import { looksLikeMarkup } from '../../walk/markup';
import { Char } from './characters';
import { isEscapedNewline, isSeparator } from './endings';

/** The first byte that is more than a separator, a blank, or what closes a quote or a bracket. */
export let contentAt: usize = 0;
/** The end of the first word there and the blanks behind it; a separator before it follows a value. */
export let valueEnd: usize = 0;

/** Whether that word is letters only, so that it may be one of a list, rather than an address, a file or a number. */
export let valueIsWord: bool = false;

let textAt: usize = 0;
let textEnd: usize = 0;
/** What `penalty` says, or -1 before it was asked. */
let counted: i32 = -1;

const opens: usize = memory.data(256);

function put(bytes: string): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(opens + bytes.charCodeAt(i), 1);
}

put(' \t\r\n+\'")]}*$.,;|&`(%\0');

/** Measures how the text begins. */
export function measure(at: usize, end: usize): void {
  textAt = at;
  textEnd = end;
  counted = -1;
  while (at < end && (load<u8>(opens + byteAt(at)) || isEscapedNewline(at)))
    at += isEscapedNewline(at) ? 2 : 1;
  contentAt = at;
  const letters = skip(at, end, Is.LETTER);
  valueIsWord = letters >= end || is(byteAt(letters), Is.SPACE) || isSeparator(byteAt(letters));
  while (at < end && !is(byteAt(at), Is.SPACE)) at++;
  while (at < end && (byteAt(at) === Char.SPACE || byteAt(at) === Char.TAB)) at++;
  valueEnd = at;
}

/** How much less a command is to be believed because the text is a document or code, in points. */
export function penalty(): i32 {
  if (counted < 0) counted = count();
  return counted;
}

function count(): i32 {
  // What markup holds as values is judged by itself.
  if (looksLikeMarkup(textAt, textEnd) && is(byteAt(textAt + 1), Is.LETTER)) return 40;
  let lines = 0;
  let arrows = 0;
  let cells = 0;
  for (let at = textAt; at < textEnd; at++) {
    const byte = byteAt(at);
    const next = byteAt(at + 1);
    if (byte === Char.NEWLINE && at + 1 < textEnd) lines++;
    else if (byte === Char.BACKTICK && next === Char.BACKTICK && byteAt(at + 2) === Char.BACKTICK) return 40;
    else if (byte === Char.EQUALS && next === Char.GREATER) arrows++;
    else if (byte === Char.PIPE && next === Char.SPACE && at > textAt && byteAt(at - 1) === Char.SPACE)
      cells++;
  }
  return (lines > 3 ? 20 : lines > 0 ? 10 : 0) + (arrows > 0 ? 20 : 0) + (cells > 2 ? 20 : 0);
}
