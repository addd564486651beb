// White space and comments (`/* */`), which languages take for one another.
import { byteAt, Is, is } from './bytes';

// Where a comment's end was last looked for, and found: whoever asks from within need not look again.
let from: usize = 0;
let to: usize = 0;

/** Another text is about to be read. */
export function resetBlanks(): void {
  from = 0;
  to = 0;
}

/** The place behind white space and comments; `end` where a comment has none. */
export function skipBlanks(at: usize, end: usize): usize {
  while (at < end) {
    if (is(byteAt(at), Is.SPACE)) at++;
    else if (byteAt(at) === 0x2f && byteAt(at + 1) === 0x2a) at = min(endOfComment(at + 2, end) + 2, end);
    else break;
  }
  return at;
}

function endOfComment(at: usize, end: usize): usize {
  if (at >= from && at <= to) return to;
  from = at;
  while (at < end && !(byteAt(at) === 0x2a && byteAt(at + 1) === 0x2f)) at++;
  to = at;
  return at;
}
