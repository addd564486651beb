// SQL injection: does the text leave the place in a query that it is put in, and go on as SQL? It is read in each place whose
// bounds its bytes can leave: bare, and behind its first quote of each kind.
import { byteAt, find } from '../../base/bytes';
import { Has } from '../../base/facts';
import { readBare, readBehindQuote } from './grammar';
import { judge } from './judge';
import { OPEN, quotedEnd, smartQuoteAt } from './quotes';
import { findUnionAnywhere } from './union-anywhere';

export function detectSqli(at: usize, end: usize, facts: i32): void {
  readBare(at, end, false);
  judge(at, end, at, 0);
  findUnionAnywhere(at, end);
  if (facts & Has.SINGLE_QUOTE) inQuotes(at, end, 0x27);
  if (facts & Has.DOUBLE_QUOTE) inQuotes(at, end, 0x22);
  if (facts & Has.BACKTICK) behind(at, end, find(at, end, 0x60), 0x60, false);
  if (facts & Has.HIGH) {
    let smart = at;
    while (smart < end && !smartQuoteAt(smart, end)) smart++;
    if (smart < end) behind(at, end, smart + 2, smartQuoteAt(smart, end), false);
  }
}

/** The text stands in quotes of this kind: the first one ends them, or the first that is not escaped. */
function inQuotes(at: usize, end: usize, quote: i32): void {
  const first = find(at, end, quote);
  behind(at, end, first, quote, false);
  const close = quotedEnd(at, end, quote, true);
  if (close !== OPEN && close - 1 !== first) behind(at, end, close - 1, quote, false);
  if (hasDoubled(first, end, quote)) {
    // Text that was quoted twice has each quote doubled.
    readBare(at, end, true);
    judge(at, end, at, 0);
    behind(at, end, first, quote, true);
  }
}

function hasDoubled(at: usize, end: usize, quote: i32): bool {
  for (; at < end; at++) if (byteAt(at) === quote && byteAt(at + 1) === quote) return true;
  return false;
}

function behind(at: usize, end: usize, quoteAt: usize, quote: i32, runs: bool): void {
  let from = quoteAt + 1;
  if (runs) while (byteAt(from) === quote) from++;
  readBehindQuote(from, end, runs);
  judge(at, end, from, quote);
}
