// SQL injection: does the text leave the place in a query that it is put in, and go on as SQL? It is read in each place whose
// bounds its bytes can leave: bare, and behind its first quote of each kind.
import { byteAt, find, Is, is, startsWith } from '../../base/bytes';
import { Has } from '../../base/facts';
import { adjust } from './evidence';
import { readBare, readBehindQuote } from './grammar';
import { judge } from './judge';
import { OPEN, quotedEnd, smartQuoteAt } from './quotes';
import { Reading } from './reading';

export function detectSqli(at: usize, end: usize, facts: i32): void {
  readBare(at, end, false);
  judge(at, end, at, 0);
  unionAnywhere(at, end);
  if (facts & Has.SINGLE_QUOTE) inQuotes(at, end, 0x27);
  if (facts & Has.DOUBLE_QUOTE) inQuotes(at, end, 0x22);
  if (facts & Has.BACKTICK) behind(at, end, find(at, end, 0x60), 0x60, false);
  if (facts & Has.HIGH) {
    let smart = at;
    while (smart < end && !smartQuoteAt(smart, end)) smart++;
    if (smart < end) behind(at, end, smart + 2, smartQuoteAt(smart, end), false);
  }
}

/** A UNION SELECT is looked for wherever it stands: what is before it may be of a context that is not known. */
function unionAnywhere(at: usize, end: usize): void {
  for (let from = at + 1; from + 12 <= end; from++) {
    if (
      (byteAt(from) | 0x20) === 0x75 &&
      startsWith(from, end, 'union') &&
      !is(byteAt(from - 1), Is.LETTER)
    ) {
      readBare(from, end, false);
      if (Reading.unionSelect) {
        adjust(-20);
        judge(from, end, from, 0);
        return;
      }
    }
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
