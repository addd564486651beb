// What may stand behind a command.
import { byteAt, Is, is } from '../../base/bytes';
import { Char } from './characters';

/** No more than this is looked at: what closes a value is short. */
const LONGEST: usize = 24;

const closes: usize = memory.data(256);

function put(bytes: string): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(closes + bytes.charCodeAt(i), 1);
}

put('\0\n\r;&|)}"\'`#<>');

export function isSeparator(byte: i32): bool {
  return byte === Char.SEMICOLON || byte === Char.AMPERSAND || byte === Char.PIPE;
}

/** A newline that came as an escape: `\n`. */
export function isEscapedNewline(at: usize): bool {
  return byteAt(at) === Char.BACKSLASH && (byteAt(at + 1) === 0x6e || byteAt(at + 1) === 0x72);
}

/** Whether what stands at `at` closes or separates, so that a command without arguments may end here. */
export function isClosed(at: usize, end: usize): bool {
  return at >= end || load<u8>(closes + byteAt(at)) !== 0 || isEscapedNewline(at);
}

/** Whether no further word follows: only what closes, or a comment. */
export function isLast(at: usize, end: usize): bool {
  const limit = min(end, at + LONGEST);
  for (; at < limit; at++) {
    if (byteAt(at) === Char.HASH) return true;
    if (isEscapedNewline(at)) at++;
    else if (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.HIGH)) return false;
  }
  return at >= end;
}
