// multipart/form-data (RFC 7578): each part is a value with a name. Files are values too: their bytes.
import { byteAt, find, Is, is, startsWith } from '../base/bytes';
import { findBoundary, nextLine, withoutLineBreak } from '../walk/multipart';
import { checkNamed } from './texts';

/** Checks the parts. */
export function checkMultipart(frame: usize, at: usize, end: usize): void {
  let boundaryEnd = find(at, end, 0x0a);
  if (byteAt(boundaryEnd - 1) === 0x0d) boundaryEnd--;
  const boundary = <i32>(boundaryEnd - at);
  let part = nextLine(at, end);
  while (part < end) {
    const content = readHeaders(part, end);
    const close = findBoundary(content, end, at, boundary);
    if (nameEnd > nameAt) checkNamed(frame, nameAt, nameEnd, content, withoutLineBreak(content, close));
    part = nextLine(min(close + boundary, end), end);
  }
}

/** The name of the part whose headers were read last. */
let nameAt: usize = 0;
let nameEnd: usize = 0;

/** Reads the name out of a part's headers. Where its content begins. */
function readHeaders(at: usize, end: usize): usize {
  nameEnd = nameAt;
  while (at < end) {
    const next = nextLine(at, end);
    const byte = byteAt(at);
    if (byte === 0x0a || byte === 0x0d) return next;
    if (startsWith(at, next, 'content-disposition:')) findName(at, next);
    at = next;
  }
  return end;
}

/** Finds the parameter `name` of the line, in quotes or without. */
function findName(at: usize, end: usize): void {
  for (; at < end; at++) {
    if (byteAt(at) === 0x22) at = find(at + 1, end, 0x22);
    else if (startsWith(at, end, 'name=') && !is(byteAt(at - 1), Is.LETTER)) {
      nameAt = at + 5;
      const quoted = byteAt(nameAt) === 0x22;
      if (quoted) nameAt++;
      nameEnd = nameAt;
      while (nameEnd < end && !endsName(byteAt(nameEnd), quoted)) nameEnd++;
      return;
    }
  }
}

function endsName(byte: i32, quoted: bool): bool {
  return quoted ? byte === 0x22 : byte === 0x3b || is(byte, Is.SPACE);
}
