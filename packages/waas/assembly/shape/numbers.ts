// Numbers as JSON writes them, as the floating-point numbers that programs make of them.
import { byteAt, Is, is } from '../base/bytes';

/** A further digit would not fit. */
const MANTISSA_FULL: u64 = u64.MAX_VALUE / 10;
/** The highest power of ten that is exact. */
const EXACT_POWER: i32 = 22;
/** Beyond it everything is zero or infinite. */
const EXPONENT_LIMIT: i32 = 400;

let value: f64 = 0;

/** What `readNumber` read. Off by a rounding where there are more than 15 digits or an exponent beyond 22. */
export function numberRead(): f64 {
  return value;
}

/** Reads the number from `at` to `end`; leading zeros are taken. False where it is none. */
export function readNumber(at: usize, end: usize): bool {
  const negative = at < end && byteAt(at) === 0x2d;
  if (negative) at++;
  let mantissa: u64 = 0;
  let exponent = 0;
  let start = at;
  for (; at < end && is(byteAt(at), Is.DIGIT); at++) {
    if (mantissa < MANTISSA_FULL) mantissa = mantissa * 10 + (byteAt(at) - 0x30);
    else exponent++;
  }
  if (at === start) return false;
  if (at < end && byteAt(at) === 0x2e) {
    start = ++at;
    for (; at < end && is(byteAt(at), Is.DIGIT); at++) {
      if (mantissa >= MANTISSA_FULL) continue;
      mantissa = mantissa * 10 + (byteAt(at) - 0x30);
      exponent--;
    }
    if (at === start) return false;
  }
  if (at < end && (byteAt(at) | 0x20) === 0x65) {
    at++;
    const down = at < end && byteAt(at) === 0x2d;
    if (down || (at < end && byteAt(at) === 0x2b)) at++;
    start = at;
    let written = 0;
    for (; at < end && is(byteAt(at), Is.DIGIT); at++)
      if (written < 100_000_000) written = written * 10 + byteAt(at) - 0x30;
    if (at === start) return false;
    exponent += down ? -written : written;
  }
  if (at !== end) return false;
  value = scale(<f64>mantissa, exponent);
  if (negative) value = -value;
  return true;
}

function scale(mantissa: f64, exponent: i32): f64 {
  if (mantissa === 0) return 0;
  let left = min(abs(exponent), EXPONENT_LIMIT);
  while (left > 0) {
    const step = min(left, EXACT_POWER);
    let power: f64 = 1;
    for (let i = 0; i < step; i++) power *= 10;
    mantissa = exponent < 0 ? mantissa / power : mantissa * power;
    left -= step;
  }
  return mantissa;
}
