// Writes text, one at a time, into newly reserved memory: JSON for the hosts, and answers in a function's stead.
import { byteAt } from './bytes';
import { reserve } from './memory';
import { sequenceAt } from './utf8';

let start: usize = 0;
let to: usize = 0;

/** Begins a text of at most `size` bytes. */
export function beginText(size: i32): void {
  start = reserve(size);
  to = start;
}

export function textStart(): usize {
  return start;
}

export function textEnd(): usize {
  return to;
}

export function put(byte: i32): void {
  store<u8>(to++, byte);
}

/** ASCII from the source. */
export function putWords(text: string): void {
  for (let i = 0; i < text.length; i++) put(text.charCodeAt(i));
}

export function putNumber(value: i32): void {
  if (value >= 10) putNumber(value / 10);
  put(0x30 + (value % 10));
}

/** Bytes as they are. */
export function putBytes(at: usize, end: usize): void {
  memory.copy(to, at, end - at);
  to += end - at;
}

const HEX = '0123456789abcdef';

/** How many bytes `putQuoted` may take for one. */
export const QUOTED: i32 = 6;

/** The text as a JSON string. Bytes that are no UTF-8 become U+FFFD. */
export function putQuoted(at: usize, end: usize): void {
  put(0x22);
  putEscaped(at, end);
  put(0x22);
}

/** The text as it stands within a JSON string. */
export function putEscaped(at: usize, end: usize): void {
  while (at < end) {
    const byte = byteAt(at);
    const size = byte < 0x80 ? 1 : sequenceAt(at, end);
    if (size === 0) {
      putWords('\\ufffd');
      at++;
    } else if (size > 1) {
      putBytes(at, at + size);
      at += size;
    } else {
      putAscii(byte);
      at++;
    }
  }
}

function putAscii(byte: i32): void {
  if (byte < 0x20 || byte === 0x7f) {
    putWords('\\u00');
    put(HEX.charCodeAt(byte >> 4));
    put(HEX.charCodeAt(byte & 15));
    return;
  }
  if (byte === 0x22 || byte === 0x5c) put(0x5c);
  put(byte);
}
