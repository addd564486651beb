// Prose and code quote words and signs; attacks close a quote that stands in the query.
import { byteAt, find, Is, is, skip } from '../../base/bytes';
import { points } from './evidence';

/** What speaks for a quotation: the quote stands behind space or a sign, and the next one ends what it opens. */
export function quotationPoints(at: usize, end: usize, quoteAt: usize, quote: i32): i32 {
  const begins = skip(at, end, Is.SPACE) === quoteAt;
  const first = byteAt(quoteAt + 1);
  const close = find(quoteAt + 1, end, quote);
  if (close === end || first <= 0x20 || !(begins || opensQuotation(at, quoteAt))) return 0;
  const next = close + 1 < end ? byteAt(close + 1) : 0;
  if (isWordByte(next) || next === quote || next === 0x3d) return 0;
  if (isWordByte(first)) return 80;
  const last = byteAt(close - 1);
  const isTag = first === 0x3c && last === 0x3e;
  // An attack may begin with a quote; what follows is an operator, but no list.
  if (begins && !isTag && next !== 0x2c && next !== 0x3a && next !== 0x29) return 0;
  if (isTag || isSigns(quoteAt + 1, close)) return max(80, points - 18);
  return last > 0x20 ? 80 : 0;
}

/** Whether what stands before the quote lets it open a quotation: no word, but maybe the letter of r'…'. */
function opensQuotation(at: usize, quoteAt: usize): bool {
  const before = byteAt(quoteAt - 1);
  if (!isWordByte(before)) return before !== 0x29;
  return is(before, Is.LETTER) && quoteAt - 1 > at && !isWordByte(byteAt(quoteAt - 2));
}

/** Whether no letter or digit is in the text. */
function isSigns(at: usize, end: usize): bool {
  for (; at < end; at++) if (is(byteAt(at), Is.LETTER | Is.DIGIT)) return false;
  return true;
}

function isWordByte(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byte === 0x25;
}

/** No word is longer. */
const LONGEST_WORD: usize = 80;

/** Whether the text is at most one word; addresses and numbers are. */
export function isWord(at: usize, end: usize): bool {
  while (at < end && byteAt(at) <= 0x20) at++;
  while (at < end && byteAt(end - 1) <= 0x20) end--;
  if (end - at > LONGEST_WORD && at < end) return false;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (!isWordByte(byte) && byte !== 0x2d && byte !== 0x2e && byte !== 0x40) return false;
  }
  return true;
}
