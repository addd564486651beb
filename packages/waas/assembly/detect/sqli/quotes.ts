// Where strings end.
import { byteAt, Is, is } from '../../base/bytes';

/** No closing quote stands in the text. */
export const OPEN: usize = 0;

/**
 * `'` or `"` where a typographic quote stands at `at` (three bytes): databases that convert to a smaller character set
 * make plain quotes of them. Else 0.
 */
export function smartQuoteAt(at: usize, end: usize): i32 {
  if (byteAt(at) !== 0xe2 || at + 3 > end || byteAt(at + 1) !== 0x80) return 0;
  const last = byteAt(at + 2);
  if (last === 0x98 || last === 0x99) return 0x27;
  return last === 0x9c || last === 0x9d ? 0x22 : 0;
}

/** The place behind the quote that closes what began at `from`: a doubled quote does not, nor one behind a backslash. */
export function quotedEnd(from: usize, end: usize, quote: i32, backslashes: bool): usize {
  for (let at = from; at < end; at++) {
    const byte = byteAt(at);
    if (byte === quote) {
      if (at + 1 >= end || byteAt(at + 1) !== quote) return at + 1;
      at++;
    } else if (byte === 0x5c && backslashes) {
      at++;
    } else if (byte === 0xe2 && smartQuoteAt(at, end) === quote) {
      return at + 3;
    }
  }
  return OPEN;
}

/** As `quotedEnd`, in text that was quoted twice: `from` is the first quote of a run, and any run of quotes closes. */
export function runOfQuotes(from: usize, content: usize, end: usize, quote: i32): usize {
  let at = content;
  while (at < end && byteAt(at) === quote) at++;
  // An even run is an empty string.
  if (((at - from) & 1) === 0 && at - from > 2 && at < end && !is(byteAt(at), Is.LETTER | Is.DIGIT))
    return at;
  while (at < end && byteAt(at) !== quote) at++;
  if (at >= end) return OPEN;
  while (at < end && byteAt(at) === quote) at++;
  return at;
}

/** PostgreSQL's `$tag$…$tag$`: the place behind it, or `OPEN`; `from` itself where no such string begins. */
export function dollarStringEnd(from: usize, end: usize): usize {
  let tag = from + 1;
  while (tag < end && is(byteAt(tag), Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) tag++;
  if (tag >= end || byteAt(tag) !== 0x24 || is(byteAt(from + 1), Is.DIGIT)) return from;
  const length = tag + 1 - from;
  for (let at = tag + 1; at + length <= end; at++)
    if (byteAt(at) === 0x24 && memory.compare(at, from, length) === 0) return at + length;
  return OPEN;
}

/** The place behind Oracle's `q'[…]'`, or `OPEN`: the character at `from` opens, its partner before a quote closes. */
export function alternativeEnd(from: usize, end: usize): usize {
  const closing = partnerOf(byteAt(from));
  for (let at = from + 1; at + 1 < end; at++)
    if (byteAt(at) === closing && byteAt(at + 1) === 0x27) return at + 2;
  return OPEN;
}

function partnerOf(opening: i32): i32 {
  switch (opening) {
    case 0x28:
      return 0x29;
    case 0x3c:
      return 0x3e;
    case 0x5b:
      return 0x5d;
    case 0x7b:
      return 0x7d;
    default:
      return opening;
  }
}
