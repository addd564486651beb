// Adds up what was read in one place.
import { byteAt, find, Is, is, skip } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { adjust, count, points, reason } from './evidence';
import { comments, token, tokenAt, tokenEnd, tokenQuote } from './lexer';
import { Due, Ending, Reading } from './reading';
import { Token } from './token';

/** Reports what was read, if it is an attack. `from`: where the text leaves its place, behind the `quote` (0: none). */
export function judge(at: usize, end: usize, from: usize, quote: i32): void {
  if (Reading.tokens === 0 && Reading.ending === Ending.BROKEN) return;
  const short = quote !== 0 && isWord(at, from - 1);
  adjust(endingPoints(end, quote, short));
  if (quote !== 0) adjust(-quotationPoints(at, end, from - 1, quote));
  else if (Reading.assigned) adjust(-30);
  if (quote === 0x60) adjust(-30);
  if (Reading.plainConditions > 0) adjust(short ? 20 : 15);
  if (
    quote === 0 &&
    Reading.connected &&
    Reading.conditionPoints > 0 &&
    isWhole() &&
    startsWithNumber(at, end)
  )
    adjust(25);
  if (points > 0) {
    if (Reading.connected && (quote !== 0 || Reading.continues)) adjust(short ? 25 : 15);
    adjust(min(Reading.closed, 2) * 10 + min(comments, 3) * 5);
  }
  report(Class.SQLI, min(points, 98), reason, from, Reading.ending === Ending.BROKEN ? tokenAt : tokenEnd);
}

function startsWithNumber(at: usize, end: usize): bool {
  const first = byteAt(skip(at, end, Is.SPACE));
  return is(first, Is.DIGIT) || first === 0x2d;
}

function isWhole(): bool {
  return Reading.ending === Ending.WHOLE || Reading.ending === Ending.CUT;
}

/** What the ending is worth. `short`: what stands before the quote is at most a word. */
function endingPoints(end: usize, quote: i32, short: bool): i32 {
  switch (Reading.ending) {
    case Ending.REOPENED:
      if (quote === 0) return -5;
      if (tokenQuote !== quote || !isWord(contentAt(), end)) return short && Reading.connected ? -10 : -25;
      if (short && points === 0 && !Reading.listed) count(15, 'joins a value of its own to the quoted one');
      return 35;
    case Ending.CUT:
      if (Reading.tokens === 0) {
        if (short && isShortComment(tokenAt, end))
          count(60, 'closes the quote and hides the rest of the query');
        return 0;
      }
      // A line of dashes underlines a heading.
      if (byteAt(tokenAt) === 0x2d && byteAt(tokenAt + 2) === 0x2d && byteAt(tokenAt + 3) <= 0x2d) return 0;
      if (Reading.due === Due.SELECT && !Reading.named) return 50;
      if (Reading.due === Due.REST && Reading.headPoints < 50 && !short) return 0;
      if (quote !== 0 && Reading.listed && Reading.closed > 0)
        count(35, 'completes the list of values that it is put in');
      if (Reading.combined && isBareMark(tokenAt, end)) return max(20, 50 - points);
      return Reading.begun ? 0 : 20;
    case Ending.WHOLE:
      return 5;
    case Ending.UNFINISHED:
      return Reading.unionSelect ? 20 : 0;
    default:
      return token === Token.OPEN_STRING ? -5 : Reading.headPoints >= 50 ? -10 : -25;
  }
}

/** Whether a comment is its mark alone. */
function isBareMark(at: usize, end: usize): bool {
  for (at++; at < end; at++) if (byteAt(at) > 0x2f) return false;
  return true;
}

/** Whether a comment that hides the rest of a query is hardly more than its mark; `--option` and `#tag` are no comments. */
function isShortComment(at: usize, end: usize): bool {
  if (isBareMark(at, end)) return true;
  const body = byteAt(at) === 0x23 ? at + 1 : at + 2;
  return byteAt(at) < 0x80 && end - at <= 24 && body < end && byteAt(body) <= 0x20;
}

/**
 * What speaks for a quotation, as prose and code have: the quote stands behind space or a sign, and the next one ends what it
 * opens. Attacks begin with a quote too, but then an operator follows.
 */
function quotationPoints(at: usize, end: usize, quoteAt: usize, quote: i32): i32 {
  const begins = skip(at, end, Is.SPACE) === quoteAt;
  const first = byteAt(quoteAt + 1);
  const close = find(quoteAt + 1, end, quote);
  if ((!begins && !opensQuotation(at, quoteAt)) || close === end || first <= 0x20) return 0;
  const last = byteAt(close - 1);
  const next = close + 1 < end ? byteAt(close + 1) : 0;
  if (isWordByte(next) || next === quote || next === 0x3d) return 0;
  if (isWordByte(first)) return 80;
  const signs = (first === 0x3c && last === 0x3e) || isSigns(quoteAt + 1, close);
  if (
    begins &&
    !(next === 0x2c || next === 0x3a || next === 0x29 || (signs && first === 0x3c && last === 0x3e))
  )
    return 0;
  return signs ? max(80, points - 18) : last > 0x20 ? 80 : 0;
}

/** Whether no letter or digit is in the text. */
function isSigns(at: usize, end: usize): bool {
  for (; at < end; at++) if (is(byteAt(at), Is.LETTER | Is.DIGIT)) return false;
  return true;
}

/** Whether what stands before the quote lets it open a quotation: no word, but maybe the letter of r'…'. */
function opensQuotation(at: usize, quoteAt: usize): bool {
  const before = byteAt(quoteAt - 1);
  if (!isWordByte(before)) return before !== 0x29;
  return is(before, Is.LETTER) && quoteAt - 1 > at && !isWordByte(byteAt(quoteAt - 2));
}

function isWordByte(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byte === 0x25;
}

/** Where the content of the string begins that the text leaves open. */
function contentAt(): usize {
  let at = tokenAt;
  while (byteAt(at) === tokenQuote) at++;
  return at;
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
