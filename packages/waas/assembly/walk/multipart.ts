// multipart/form-data (RFC 7578): the names, file names and contents of the parts.
import { byteAt, find, startsWith } from '../base/bytes';
import { enterMember, leaveTo, pathMark, popStep, pushStep, Step } from '../field';
import { judgeCopy } from './copy';

/** Whether the text begins with a boundary, and a disposition soon follows. */
export function looksLikeMultipart(at: usize, end: usize): bool {
  if (end - at < 40 || byteAt(at) !== 0x2d || byteAt(at + 1) !== 0x2d) return false;
  const line = nextLine(at, end);
  return startsWith(line, end, 'content-');
}

export function nextLine(at: usize, end: usize): usize {
  return min(find(at, end, 0x0a) + 1, end);
}

/** Judges each part; its path is its name. */
export function walkMultipart(at: usize, end: usize): void {
  if (!pushStep(Step.MULTIPART)) return;
  let boundaryEnd = find(at, end, 0x0a);
  if (byteAt(boundaryEnd - 1) === 0x0d) boundaryEnd--;
  const boundary = <i32>(boundaryEnd - at);
  const outer = pathMark();
  let part = nextLine(at, end);
  while (part < end) {
    const content = walkHeaders(part, end);
    const close = findBoundary(content, end, at, boundary);
    judgeCopy(content, withoutLineBreak(content, close));
    leaveTo(outer);
    part = nextLine(min(close + boundary, end), end);
  }
  popStep();
}

/** Judges the parameters of a part's headers, and enters the part's name. Where its content begins. */
function walkHeaders(at: usize, end: usize): usize {
  while (at < end) {
    const next = nextLine(at, end);
    const byte = byteAt(at);
    if (byte === 0x0a || byte === 0x0d) return next;
    for (; at < next; at++) {
      if (byteAt(at) !== 0x3d || byteAt(at + 1) !== 0x22) continue;
      const close = find(at + 2, next, 0x22);
      judgeCopy(at + 2, close);
      if (startsWith(at - 5, next, ' name')) enterMember(at + 2, close);
      at = close;
    }
    at = next;
  }
  return end;
}

/** The line break before a boundary belongs to it (RFC 2046, 5.1.1). */
export function withoutLineBreak(at: usize, end: usize): usize {
  if (end > at && byteAt(end - 1) === 0x0a) end--;
  return end > at && byteAt(end - 1) === 0x0d ? end - 1 : end;
}

/** The next line that begins with the boundary. */
export function findBoundary(at: usize, end: usize, boundary: usize, length: i32): usize {
  for (let line = at; line < end; line = nextLine(line, end)) {
    if (end - line >= <usize>length && memory.compare(line, boundary, length) === 0) return line;
  }
  return end;
}
