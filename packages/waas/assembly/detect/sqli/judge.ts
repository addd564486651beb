// Adds up what was read in one place.
import { byteAt, Is, is, skip } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { adjust, count, points, reason } from './evidence';
import { token, tokenAt, tokenEnd, tokenQuote } from './lexer';
import { isWord, quotationPoints } from './quotations';
import { Due, Ending, Reading } from './reading';
import { comments } from './spaces';
import { Token } from './token';

/** Reports what was read, if it is an attack. `from`: where the text leaves its place, behind the `quote` (0: none). */
export function judge(at: usize, end: usize, from: usize, quote: i32): void {
  if (Reading.tokens === 0 && Reading.ending === Ending.BROKEN) return;
  const short = quote !== 0 && isWord(at, from - 1);
  adjust(endingPoints(end, quote, short));
  if (quote === 0) adjust(barePoints(at, end));
  else adjust(-quotationPoints(at, end, from - 1, quote));
  // Markdown has back quotes everywhere, and hardly any query is put together with them.
  if (quote === 0x60) adjust(-30);
  if (Reading.plainConditions > 0) adjust(short ? 20 : 15);
  if (points > 0) {
    if (Reading.connected && (quote !== 0 || Reading.continues)) adjust(short ? 25 : 15);
    adjust(min(Reading.closed, 2) * 10 + min(comments, 3) * 5);
  }
  report(Class.SQLI, min(points, 98), reason, from, Reading.ending === Ending.BROKEN ? tokenAt : tokenEnd);
}

/** A number with a condition behind it is no prose; a name with a comparison behind it is rather an assignment. */
function barePoints(at: usize, end: usize): i32 {
  if (Reading.assigned) return -30;
  const first = byteAt(skip(at, end, Is.SPACE));
  if (!Reading.connected || !(is(first, Is.DIGIT) || first === 0x2d)) return 0;
  const whole = Reading.ending === Ending.WHOLE || Reading.ending === Ending.CUT;
  return whole && (Reading.conditionPoints > 0 || (comments > 0 && Reading.plainConditions > 0)) ? 25 : 0;
}

/** What the ending is worth. `short`: what stands before the quote is at most a word. */
function endingPoints(end: usize, quote: i32, short: bool): i32 {
  switch (Reading.ending) {
    case Ending.WHOLE:
      return 5;
    case Ending.REOPENED:
      if (quote === 0) return -5;
      if (tokenQuote !== quote || !isWord(contentAt(), end)) return short && Reading.connected ? -10 : -25;
      if (short && points === 0 && !Reading.listed) count(15, 'joins a value of its own to the quoted one');
      return 35;
    case Ending.CUT:
      return cutPoints(end, quote, short);
    case Ending.UNFINISHED:
      return Reading.unionSelect ? 20 : 0;
    default:
      return token === Token.OPEN_STRING ? -5 : Reading.headPoints >= 50 ? -10 : -25;
  }
}

/** What a comment is worth that hides the rest of the query. */
function cutPoints(end: usize, quote: i32, short: bool): i32 {
  if (Reading.tokens === 0 || (Reading.tokens === 1 && Reading.due === Due.STATEMENT)) {
    if (short && isShortComment(end)) count(60, 'closes the quote and hides the rest of the query');
    return 0;
  }
  if (isUnderline()) return 0;
  if (Reading.due === Due.SELECT) return Reading.named ? 0 : 50;
  if (Reading.due === Due.REST && Reading.headPoints < 50 && !short) return 0;
  if (quote !== 0 && Reading.listed && Reading.closed > 0)
    count(35, 'completes the list of values that it is put in');
  // A whole expression, and a comment that is its mark alone: nobody else ends a text so.
  const expression = Reading.combined || (short && Reading.due === Due.OPERATOR);
  if (expression && isBareMark(end)) return max(20, 50 - points);
  return Reading.begun ? 0 : 20;
}

/** Whether the comment is a line of dashes, as under a heading. */
function isUnderline(): bool {
  return byteAt(tokenAt) === 0x2d && byteAt(tokenAt + 2) === 0x2d && byteAt(tokenAt + 3) <= 0x2d;
}

/** Whether the comment is its mark alone. */
function isBareMark(end: usize): bool {
  for (let at = tokenAt + 1; at < end; at++) if (byteAt(at) > 0x2f) return false;
  return true;
}

/** Whether the comment is hardly more than its mark; `--option` and `#tag` are no comments. */
function isShortComment(end: usize): bool {
  if (isBareMark(end)) return true;
  return byteAt(tokenAt) === 0x2d && end - tokenAt <= 24 && byteAt(tokenAt + 2) <= 0x20;
}

/** Where the content of the string begins that the text leaves open; text that was quoted twice opens it with two quotes or three. */
function contentAt(): usize {
  let at = tokenAt;
  while (byteAt(at) === tokenQuote && at - tokenAt < 3) at++;
  return at;
}
