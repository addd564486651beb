// Styles that run script or load more of them: `expression(…)`, `behavior:`, `-moz-binding:`, `@import`, `url(javascript:…)`.
import { byteAt, hexValue, Is, is, lower } from '../../base/bytes';
import { endOfEntity, entityAt } from '../../decode/entities';

/** What is compared: the style's letters in lower case, without comments, escapes and entities undone; the last 16 of them. */
let tail: u64 = 0;
let tail2: u64 = 0;

function push(byte: i32): void {
  tail2 = (tail2 << 8) | (tail >> 56);
  tail = (tail << 8) | <u64>byte;
}

/** Whether the letters read last are these (at most 16). */
function endsWith(word: string): bool {
  for (let i = 0; i < word.length; i++) {
    const place = word.length - 1 - i;
    const part = place < 8 ? tail >> ((<u64>place) << 3) : tail2 >> ((<u64>(place - 8)) << 3);
    if (<i32>(part & 0xff) !== word.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the style from `at` to `end` runs script. `bare`: it is no style's attribute or element, so it may be prose. */
export function isActiveStyle(at: usize, end: usize, bare: bool): bool {
  tail = 0;
  tail2 = 0;
  let quote = 0;
  while (at < end) {
    let byte = byteAt(at);
    if (quote !== 0 ? byte === quote : byte === 0x22 || byte === 0x27) quote = quote !== 0 ? 0 : byte;
    if (quote === 0 && byte === 0x2f && byteAt(at + 1) === 0x2a) {
      at = endOfComment(at + 2, end);
      continue;
    }
    const point = byte === 0x26 ? entityAt(at, end) : -1;
    at = point < 0 ? at + 1 : endOfEntity();
    if (point >= 0) byte = point & 0x7f;
    if (byte === 0x5c) {
      byte = readEscape(at, end);
      at = escapeEnd;
    }
    if (is(byte, Is.SPACE) || byte === 0 || byte === 0x5c) continue;
    push(lower(byte));
    if (byte === 0x28 && (endsWith(':expression(') || endsWith('behavior:url(') || endsWith('binding:url(')))
      return true;
    if (
      byte === 0x3a &&
      ((endsWith('javascript:') && !(bare && !isValue(11))) ||
        (endsWith('vbscript:') && !(bare && !isValue(9))))
    )
      return true;
    if (!bare && (byte | 0x20) === 0x74 && endsWith('@import')) return true;
  }
  return false;
}

/** The byte before the `count` that were read last, of at most 15. */
function byteBefore(count: i32): i32 {
  return <i32>(tail2 >> ((<u64>(count - 8)) << 3)) & 0xff;
}

/** Whether the scheme of `length` bytes that was read last begins the address of `url(…)` or an attribute's value. */
function isValue(length: i32): bool {
  const first = byteBefore(length);
  if (first !== 0x22 && first !== 0x27) return first === 0x3d || first === 0x28;
  const second = byteBefore(length + 1);
  return second === 0x3d || second === 0x5c || (second === 0x28 && byteBefore(length + 2) === 0x6c);
}

function endOfComment(at: usize, end: usize): usize {
  while (at < end && !(byteAt(at) === 0x2a && byteAt(at + 1) === 0x2f)) at++;
  return at + 2;
}

let escapeEnd: usize = 0;

/** `\65 ` or `\e`: what stands behind a backslash. */
function readEscape(at: usize, end: usize): i32 {
  let value = 0;
  let digits = 0;
  while (at < end && digits < 6 && hexValue(byteAt(at)) >= 0) {
    value = (value << 4) | hexValue(byteAt(at));
    at++;
    digits++;
  }
  if (digits === 0) {
    escapeEnd = at < end ? at + 1 : at;
    return at < end ? byteAt(at) : 0;
  }
  escapeEnd = at < end && is(byteAt(at), Is.SPACE) ? at + 1 : at;
  return value < 0x80 ? value : 0x7f;
}
