// Where names end.
import { byteAt, Is, is, lower } from '../../base/bytes';
import { OPEN, quotedEnd, smartQuoteAt } from './quotes';
import { isDash, spaceAt } from './spaces';

/** SQL Server's names have 128 characters at most. */
const LONGEST: usize = 130;

/** Bytes of names; those of UTF-8 sequences too. */
export function isNameByte(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE | Is.HIGH) || byte === 0x24;
}

/** Whether a name goes on at `at`: no-break spaces, typographic quotes and dashes have high bytes, but end it. */
export function isNameAt(at: usize): bool {
  const byte = byteAt(at);
  return (
    isNameByte(byte) &&
    !(is(byte, Is.HIGH) && (spaceAt(at) > 0 || smartQuoteAt(at, at + 3) !== 0 || isDash(at)))
  );
}

/** `x'…'`, `n'…'`, `e'…'`, `b'…'`, `q'…'`, `nq'…'`, `_charset'…'`. */
export function isStringPrefix(from: usize, to: usize): bool {
  const first = lower(byteAt(from));
  if (first === 0x5f) return true;
  const single = first === 0x78 || first === 0x6e || first === 0x65 || first === 0x62 || first === 0x71;
  if (to - from === 1) return single;
  return to - from === 2 && first === 0x6e && lower(byteAt(from + 1)) === 0x71;
}

/** Whether the last name of the chain is of SQL Server's procedures: they begin `xp_` or `sp_`, and no column does. */
export function namesProcedure(from: usize, to: usize): bool {
  let at = to;
  while (at > from && isNameByte(byteAt(at - 1))) at--;
  const first = lower(byteAt(at));
  return (
    to - at > 3 &&
    (first === 0x78 || first === 0x73) &&
    lower(byteAt(at + 1)) === 0x70 &&
    byteAt(at + 2) === 0x5f
  );
}

/** Whether the chain of names goes on behind the dot. */
export function isChained(dot: usize): bool {
  const next = byteAt(dot + 1);
  return (
    isNameByte(next) || next === 0x2e || next === 0x2a || next === 0x60 || next === 0x5b || next === 0x22
  );
}

/** Where the chain ends whose next dot is at `from`: `.b`, `..b`, `.*`, `.[b]`. */
export function chainEnd(from: usize, end: usize): usize {
  let at = from;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === 0x60 || byte === 0x22) {
      const close = quotedEnd(at + 1, end, byte, false);
      if (close === OPEN) return at;
      at = close;
      continue;
    }
    if (byte === 0x2a && byteAt(at - 1) === 0x2e) return at + 1;
    if (!isNameByte(byte) && !(byte === 0x2e && isChained(at)) && byte !== 0x5b && byte !== 0x5d) return at;
    at++;
  }
  return at;
}

/** Where SQL Server's `[name]` ends; `from` where it is none. */
export function bracketEnd(from: usize, end: usize): usize {
  let at = from + 1;
  while (at < end && at - from < LONGEST && byteAt(at) !== 0x5d && byteAt(at) !== 0x0a) at++;
  return at >= end || byteAt(at) !== 0x5d || at === from + 1 ? from : at + 1;
}

/** Where `@x`, `@@global.x`, `` @`x` ``, `@'x'` end; an `@` alone is MySQL's variable without a name. */
export function variableEnd(from: usize, end: usize): usize {
  let at = from + 1;
  if (byteAt(at) === 0x40) at++;
  const quote = byteAt(at);
  if (at < end && (quote === 0x60 || quote === 0x27 || quote === 0x22)) {
    const close = quotedEnd(at + 1, end, quote, false);
    if (close !== OPEN) at = close;
  }
  while (at < end && (isNameByte(byteAt(at)) || byteAt(at) === 0x2e)) at++;
  return at;
}
