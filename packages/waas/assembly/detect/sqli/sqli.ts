// SQL injection: does the text leave the place in a query that it is put in, and go on as SQL? It is read in each place whose
// bounds its bytes can leave: bare, and behind its first quote of each kind.
import { byteAt, find, Is, is } from '../../base/bytes';
import { Has } from '../../base/facts';
import { Class } from '../../classes';
import { report } from '../../verdicts';
import { adjust, count, points, reason, resetEvidence } from './evidence';
import {
  closed,
  Ending,
  ending,
  plainConditions,
  readBare,
  readBehindQuote,
  stoppedAt,
  tokens,
} from './grammar';
import { comments, token, tokenAt, tokenQuote } from './lexer';
import { OPEN, quotedEnd, smartQuoteAt } from './quotes';
import { Token } from './token';

export function detectSqli(at: usize, end: usize, facts: i32): void {
  readBare(at, end, false);
  judge(at, end, at, 0);
  if (facts & Has.SINGLE_QUOTE) inQuotes(at, end, 0x27);
  if (facts & Has.DOUBLE_QUOTE) inQuotes(at, end, 0x22);
  if (facts & Has.BACKTICK) behind(at, end, find(at, end, 0x60), 0x60, false);
  if (facts & Has.HIGH) {
    const smart = findSmartQuote(at, end);
    if (smart < end) behind(at, end, smart + 2, smartQuoteAt(smart, end), false);
  }
}

function findSmartQuote(at: usize, end: usize): usize {
  while (at < end && !smartQuoteAt(at, end)) at++;
  return at;
}

/** The text stands in quotes of this kind: the first one ends them, or the first that is not escaped. */
function inQuotes(at: usize, end: usize, quote: i32): void {
  const first = find(at, end, quote);
  behind(at, end, first, quote, false);
  const close = quotedEnd(at, end, quote, true);
  if (close !== OPEN && close - 1 !== first) behind(at, end, close - 1, quote, false);
  // Text that was quoted twice has each quote doubled.
  if (byteAt(first + 1) === quote) {
    readBare(at, end, true);
    judge(at, end, at, 0);
    behind(at, end, first, quote, true);
  }
}

function behind(at: usize, end: usize, quoteAt: usize, quote: i32, runs: bool): void {
  let from = quoteAt + 1;
  if (runs) while (byteAt(from) === quote) from++;
  readBehindQuote(from, end, runs);
  judge(at, end, from, quote);
}

/** Adds what the ending is worth, and reports. `from` is where the text leaves its place, behind the `quote` (0: none). */
function judge(at: usize, end: usize, from: usize, quote: i32): void {
  if (tokens === 0 && ending === Ending.BROKEN) return;
  const simple = quote !== 0 && isWord(at, from - 1);
  switch (ending) {
    case Ending.REOPENED:
      if (quote !== 0 && tokenQuote === quote && isWord(tokenAt + 1, end)) {
        if (simple && points === 0) count(15, 'joins a value of its own to the quoted one');
        adjust(35);
      } else adjust(-25);
      break;
    case Ending.CUT:
      if (tokens === 0) {
        if (simple && isShort(tokenAt, end)) count(60, 'closes the quote and hides the rest of the query');
      } else {
        adjust(20);
      }
      break;
    case Ending.WHOLE:
      adjust(5);
      break;
    case Ending.BROKEN:
      adjust(token === Token.OPEN_STRING ? -5 : -25);
      break;
    default:
  }
  if (plainConditions > 0) adjust(15);
  if (points > 0) adjust(min(closed, 2) * 10 + min(comments, 3) * 5);
  report(Class.SQLI, min(points, 98), reason, from, stoppedAt);
}

/** Whether the text is at most one word. */
function isWord(at: usize, end: usize): bool {
  while (at < end && byteAt(at) <= 0x20) at++;
  while (at < end && byteAt(end - 1) <= 0x20) end--;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (
      !is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE | Is.HIGH) &&
      byte !== 0x2d &&
      byte !== 0x2e &&
      byte !== 0x40 &&
      byte !== 0x25
    )
      return false;
  }
  return true;
}

/** Whether a comment holds hardly more than its mark. */
function isShort(at: usize, end: usize): bool {
  return end - at <= 24;
}
