// What stands around a command: whether the text is a value, prose, or a document that shows commands.
import { byteAt, Is, is } from '../../base/bytes';

/** The first byte that is more than a separator, a blank, or what closes a quote or a bracket. */
export let contentAt: usize = 0;
/** The end of the first word there and the blanks behind it; a separator before it follows a value. */
export let valueEnd: usize = 0;

let textAt: usize = 0;
let textEnd: usize = 0;
/** How much less the whole text is to be believed, or -1 before it was counted. */
let counted: i32 = 0;

const opens: usize = memory.data(256);

function put(bytes: string): void {
  for (let i = 0; i < bytes.length; i++) store<u8>(opens + bytes.charCodeAt(i), 1);
}

put(' \t\r\n+\'")]}*$.,;|&`(%\0');

/** Takes the measure of the text's beginning. */
export function measure(at: usize, end: usize): void {
  textAt = at;
  textEnd = end;
  counted = -1;
  while (at < end && load<u8>(opens + byteAt(at))) at++;
  if (at > textAt && byteAt(at - 1) === 0x24) at--;
  contentAt = at;
  while (at < end && !is(byteAt(at), Is.SPACE)) at++;
  while (at < end && (byteAt(at) === 0x20 || byteAt(at) === 0x09)) at++;
  valueEnd = at;
}

/** How much less a command is to be believed because of the text around it. */
export function penalty(): i32 {
  if (counted < 0) counted = count();
  return counted;
}

function count(): i32 {
  let lines = 0;
  let arrows = 0;
  let cells = 0;
  for (let at = textAt; at < textEnd; at++) {
    const byte = byteAt(at);
    if (byte === 0x0a && at + 1 < textEnd) lines++;
    else if (byte === 0x60 && byteAt(at + 1) === 0x60 && byteAt(at + 2) === 0x60) return 40;
    else if (byte === 0x3d && byteAt(at + 1) === 0x3e) arrows++;
    else if (byte === 0x7c && byteAt(at + 1) === 0x20 && byteAt(at - 1) === 0x20) cells++;
  }
  return (lines > 3 ? 20 : lines > 0 ? 10 : 0) + (arrows > 0 ? 20 : 0) + (cells > 2 ? 20 : 0);
}
