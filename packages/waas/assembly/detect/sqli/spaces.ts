// What may stand between tokens: white space, comments that end, and the marks of comments that MySQL runs.
import { byteAt, Is, lower, skip } from '../../base/bytes';

/** How many comments stood between tokens. */
export let comments: i32 = 0;
/** Braces of {fn …} that are open. */
let braces: i32 = 0;

export function resetSpaces(): void {
  comments = 0;
  braces = 0;
}

/** The length of the white space at `at`: every control character counts, and the no-break and ideographic spaces. */
export function spaceAt(at: usize): i32 {
  const byte = byteAt(at);
  if (byte <= 0x20) return 1;
  if (byte === 0xc2 && byteAt(at + 1) === 0xa0) return 2;
  if (byte === 0xe3 && byteAt(at + 1) === 0x80 && byteAt(at + 2) === 0x80) return 3;
  return 0;
}

/** An en or em dash, which word processors make of `--`. */
export function isDash(at: usize): bool {
  return byteAt(at) === 0xe2 && byteAt(at + 1) === 0x80 && (byteAt(at + 2) | 7) === 0x97;
}

/** The byte behind white space and comments; 0 at the end. */
export function firstBehindSpaces(from: usize, end: usize): i32 {
  const before = comments;
  const at = passSpaces(from, end);
  comments = before;
  return at < end ? byteAt(at) : 0;
}

/** Where the next token begins, be it a comment that hides the rest; or `end`. */
export function passSpaces(from: usize, end: usize): usize {
  let at = from;
  while (at < end) {
    const next = behindSpace(at, end);
    if (next === at) return at;
    at = next;
  }
  return end;
}

/** The place behind the white space, comment, or mark at `at`; `at` where none stands there. */
function behindSpace(at: usize, end: usize): usize {
  const space = spaceAt(at);
  if (space > 0) return at + space;
  const next = byteAt(at + 1);
  switch (byteAt(at)) {
    case 0x2f: // /
      return next === 0x2a ? behindComment(at, end) : at;
    case 0x2a: // the end of a comment that is run
      return next === 0x2f && comments > 0 && byteAt(at + 2) !== 0x2a ? at + 2 : at;
    case 0x23: // #
      return behindLine(at, end);
    case 0x2d: // -
      return next === 0x2d ? behindLine(at, end) : at;
    case 0x7b: // {
      return behindBrace(at, end);
    case 0x7d: // }
      if (braces === 0) return at;
      braces--;
      return at + 1;
    default:
      return at;
  }
}

function behindComment(from: usize, end: usize): usize {
  comments++;
  // MySQL and MariaDB run what stands in /*! */ and /*M! */.
  const mark = from + 2 + (lower(byteAt(from + 2)) === 0x6d ? 1 : 0);
  if (byteAt(mark) === 0x21) return skip(mark + 1, end, Is.DIGIT);
  for (let at = from + 2; at + 1 < end; at++)
    if (byteAt(at) === 0x2a && byteAt(at + 1) === 0x2f) return at + 2;
  return from;
}

/** Behind a comment that ends with its line, if more than space follows. */
function behindLine(from: usize, end: usize): usize {
  let at = from;
  while (at < end && byteAt(at) !== 0x0a) at++;
  while (at < end && byteAt(at) <= 0x20) at++;
  if (at === end) return from;
  comments++;
  return at;
}

/** ODBC has {fn user()} and {d '…'}; MySQL takes any word there. */
function behindBrace(at: usize, end: usize): usize {
  const word = skip(at + 1, end, Is.LETTER | Is.UNDERSCORE);
  if (word === at + 1 || !(spaceAt(word) > 0 || byteAt(word) === 0x60)) return at;
  braces++;
  return word;
}
