// Adds up what was read in one place.
import { byteAt, find, Is, is } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { adjust, count, points, reason } from './evidence';
import { comments, token, tokenAt, tokenEnd, tokenQuote } from './lexer';
import { Ending, Reading } from './reading';
import { Token } from './token';

/** Reports what was read, if it is an attack. `from`: where the text leaves its place, behind the `quote` (0: none). */
export function judge(at: usize, end: usize, from: usize, quote: i32): void {
  if (Reading.tokens === 0 && Reading.ending === Ending.BROKEN) return;
  const short = quote !== 0 && isWord(at, from - 1);
  adjust(endingPoints(end, quote, short));
  if (quote !== 0 && isQuotation(at, end, from - 1, quote)) adjust(-40);
  if (Reading.plainConditions > 0) adjust(15);
  if (points > 0) {
    if (Reading.connected && (quote !== 0 || Reading.continues)) adjust(short ? 20 : 15);
    adjust(min(Reading.closed, 2) * 10 + min(comments, 3) * 5);
  }
  report(Class.SQLI, min(points, 98), reason, from, Reading.ending === Ending.BROKEN ? tokenAt : tokenEnd);
}

/** What the ending is worth. `short`: what stands before the quote is at most a word. */
function endingPoints(end: usize, quote: i32, short: bool): i32 {
  switch (Reading.ending) {
    case Ending.REOPENED:
      if (quote === 0) return -5;
      if (tokenQuote !== quote || !isWord(tokenAt + 1, end)) return -25;
      if (short && points === 0) count(15, 'joins a value of its own to the quoted one');
      return 35;
    case Ending.CUT:
      if (Reading.tokens === 0) {
        if (short && byteAt(tokenAt) < 0x80 && end - tokenAt <= 24)
          count(60, 'closes the quote and hides the rest of the query');
        return 0;
      }
      if (Reading.combined && isBareMark(tokenAt, end)) return max(20, 50 - points);
      return Reading.begun ? 0 : 20;
    case Ending.WHOLE:
      return 5;
    case Ending.UNFINISHED:
      return Reading.unionSelect ? 20 : 0;
    default:
      return token === Token.OPEN_STRING ? -5 : -25;
  }
}

/** Whether a comment is its mark alone. */
function isBareMark(at: usize, end: usize): bool {
  for (at++; at < end; at++) if (byteAt(at) > 0x2f) return false;
  return true;
}

/** Whether the quote begins a quotation, as in prose: a word follows, and the next quote ends one. */
function isQuotation(at: usize, end: usize, quoteAt: usize, quote: i32): bool {
  if (quoteAt > at && isWordByte(byteAt(quoteAt - 1))) return false;
  if (!isWordByte(byteAt(quoteAt + 1))) return false;
  const close = find(quoteAt + 1, end, quote);
  if (close === end || byteAt(close - 1) <= 0x20) return false;
  const next = byteAt(close + 1);
  return close + 1 === end || !(isWordByte(next) || next === quote || next === 0x3d);
}

function isWordByte(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE | Is.HIGH) || byte === 0x25;
}

/** Whether the text is at most one word; addresses and numbers are. */
function isWord(at: usize, end: usize): bool {
  while (at < end && byteAt(at) <= 0x20) at++;
  while (at < end && byteAt(end - 1) <= 0x20) end--;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (!isWordByte(byte) && byte !== 0x2d && byte !== 0x2e && byte !== 0x40) return false;
  }
  return true;
}
