// Header injection: line breaks with a header, a status line or a command of mail behind them.
import { byteAt, Is, is, lower, startsWith } from '../base/bytes';
import { Has } from '../base/facts';
import { hashByte, NO_BYTES } from '../base/words';
import { Further, furtherWord } from '../build/further-words';
import { Class } from '../classes';
import { isInBody } from '../event/request';
import { report } from '../verdicts';
import { looksLikeMultipart } from '../walk/multipart';

/** Longer texts are documents, in which such lines are quoted. */
const LONGEST: usize = 1024;

/** Where the line breaks are those of text files, only a short one is a value. */
const SHORT: usize = 256;

export function detectCrlf(at: usize, end: usize, facts: i32): void {
  if (!(facts & Has.NEWLINE) || end - at > LONGEST) return;
  // A message as such; what matters is one behind something else. The parts of a form have headers, too, and are judged one by one.
  if (startsWith(at, end, 'http/') || (isInBody() && looksLikeMultipart(at, end))) return;
  const start = at;
  for (; at < end; at++) {
    if (byteAt(at) !== 0x0a && byteAt(at) !== 0x0d) continue;
    const isCrlf = byteAt(at) === 0x0d && byteAt(at + 1) === 0x0a;
    const line = isCrlf ? at + 2 : at + 1;
    if (line >= end || !is(byteAt(line), Is.LETTER)) continue;
    if (beginsHeader(line, end) && (isCrlf || end - start < SHORT)) {
      report(Class.CRLF, isCrlf ? 85 : 70, 'has a line break with a header behind it', start, end);
      return;
    }
    if (isCrlf && beginsCommand(line, end)) {
      report(Class.CRLF, 75, 'has a line break with a command of mail behind it', start, end);
      return;
    }
  }
}

/** `Set-Cookie:`, `HTTP/1.1` */
function beginsHeader(at: usize, end: usize): bool {
  let hash = NO_BYTES;
  while (at < end && (is(byteAt(at), Is.LETTER | Is.DIGIT) || byteAt(at) === 0x2d || byteAt(at) === 0x2f))
    hash = hashByte(hash, lower(byteAt(at++)));
  if (!(furtherWord(hash) & Further.HEADER)) return false;
  return byteAt(at) === 0x3a || (byteAt(at) === 0x2e && is(byteAt(at + 1), Is.DIGIT));
}

/** A command in capitals, perhaps behind IMAP's tag. */
function beginsCommand(at: usize, end: usize): bool {
  for (let words = 0; words < 2; words++) {
    const word = at;
    let hash = NO_BYTES;
    while (at < end && is(byteAt(at), Is.LETTER | Is.DIGIT)) hash = hashByte(hash, lower(byteAt(at++)));
    if (
      furtherWord(hash) & Further.MAIL_COMMAND &&
      byteAt(word) < 0x60 &&
      (at >= end || is(byteAt(at), Is.SPACE))
    )
      return true;
    at++;
  }
  return false;
}
