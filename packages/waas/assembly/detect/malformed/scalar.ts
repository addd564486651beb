// The values of JSON that are no strings (RFC 8259, 3 and 6).
import { byteAt, Is, is, skip, startsExactly } from '../../base/bytes';
import { Class } from '../../classes';
import { isInJsonBody } from '../../event/request';
import { beginText, report } from '../../verdicts';
import { MOST_DIGITS, MOST_EXPONENT } from './limits';

/** Where the number that was looked at last has its digits and its power of ten. */
let digits: usize = 0;
let exponent: i32 = 0;

export function isScalar(at: usize, end: usize): bool {
  return isNumber(at, end) || isWord(at, end, 'true') || isWord(at, end, 'false') || isWord(at, end, 'null');
}

function isWord(at: usize, end: usize, word: string): bool {
  return end - at === <usize>word.length && startsExactly(at, end, word);
}

function isNumber(at: usize, end: usize): bool {
  if (byteAt(at) === 0x2d) at++;
  const first = at;
  at = skip(at, end, Is.DIGIT);
  digits = at - first;
  if (digits === 0 || (digits > 1 && byteAt(first) === 0x30)) return false;
  // How many digits a number has before the point; one that begins with 0 has none that counts.
  exponent = byteAt(first) === 0x30 ? 0 : <i32>digits - 1;
  if (at < end && byteAt(at) === 0x2e) {
    const fraction = at + 1;
    at = skip(fraction, end, Is.DIGIT);
    if (at === fraction) return false;
    digits += at - fraction;
  }
  if (at < end && (byteAt(at) | 0x20) === 0x65) at = readExponent(at + 1, end);
  return at === end;
}

/** Adds the exponent to the number's own power. Behind it; 0 where it has no digits. */
function readExponent(at: usize, end: usize): usize {
  const isNegative = byteAt(at) === 0x2d;
  if (isNegative || byteAt(at) === 0x2b) at++;
  const first = at;
  let value = 0;
  for (; at < end && is(byteAt(at), Is.DIGIT); at++) value = min(value * 10 + byteAt(at) - 0x30, 100000);
  exponent += isNegative ? -value : value;
  return at === first ? 0 : at;
}

/** Judges a value that the walk took for a number or a word; `text` is where the JSON text begins. */
export function detectScalar(text: usize, at: usize, end: usize): void {
  digits = 0;
  exponent = 0;
  const known = isScalar(at, end);
  if (known && exponent <= MOST_EXPONENT && <i32>digits <= MOST_DIGITS) return;
  // Text that only looks like JSON has words of all kinds.
  if (!known && (!isInJsonBody() || isNotANumber(at, end))) return;
  beginText(text, end);
  report(
    Class.MALFORMED,
    80,
    known ? 'has a number that is larger than parsers take' : 'has a value that JSON does not know',
    at,
    end,
  );
}

/** As Python and others write it. */
function isNotANumber(at: usize, end: usize): bool {
  return isWord(at, end, 'NaN') || isWord(at, end, 'Infinity') || isWord(at, end, '-Infinity');
}
