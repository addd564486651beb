// Reads SQL as MySQL, PostgreSQL, SQLite, SQL Server and Oracle do, all at once: where they differ, the Reading that lets an
// attack go on is taken. One token at a time, each byte once.
import { byteAt, Is, is, lower, skip } from '../../base/bytes';
import { hashByte, hashOf, NO_BYTES } from '../../base/words';
import { Sql, sqlWord } from '../../build/sql-words';
import { operatorAt, operatorLength } from './operators';
import { dollarStringEnd, OPEN, quotedEnd, runOfQuotes, smartQuoteAt } from './quotes';
import { Token } from './token';

export let token: Token = Token.END;
export let tokenAt: usize = 0;
export let tokenEnd: usize = 0;
/** The word's sets (bits of `Sql`). */
export let tokenSets: i32 = 0;
/** The text's hash in lower case, of names and literals. */
export let tokenHash: u32 = 0;
/** The byte that opened the string. */
export let tokenQuote: i32 = 0;
/** How many comments stood between tokens, where SQL needs none. */
export let comments: i32 = 0;

let end: usize = 0;
let collapse: bool = false;
let braces: i32 = 0;

/** Begins to read at `from`. `runs`: a run of quotes counts as one quote, as in text that was quoted twice. */
export function startLexer(from: usize, to: usize, runs: bool): void {
  tokenEnd = from;
  end = to;
  collapse = runs;
  comments = 0;
  braces = 0;
}

/** Bytes of words; those of UTF-8 sequences too. */
function isWord(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE | Is.HIGH) || byte === 0x24;
}

/** An en or em dash, which word processors make of `--`. */
function isDash(at: usize): bool {
  return byteAt(at) === 0xe2 && byteAt(at + 1) === 0x80 && (byteAt(at + 2) | 7) === 0x97;
}

/** Whether high bytes are no part of a word: a no-break space, a typographic quote, a dash. */
function isSign(at: usize): bool {
  return is(byteAt(at), Is.HIGH) && (spaceAt(at) > 0 || smartQuoteAt(at, end) !== 0 || isDash(at));
}

/** The length of the white space at `at`: every control character counts, and the no-break and ideographic spaces. */
function spaceAt(at: usize): i32 {
  const byte = byteAt(at);
  if (byte <= 0x20) return 1;
  if (byte === 0xc2 && byteAt(at + 1) === 0xa0) return 2;
  if (byte === 0xe3 && byteAt(at + 1) === 0x80 && byteAt(at + 2) === 0x80) return 3;
  return 0;
}

/** Passes white space and comments that end; false where a comment hides the rest. */
function passSpace(from: usize): usize {
  let at = from;
  while (at < end) {
    const space = spaceAt(at);
    if (space > 0) {
      at += space;
      continue;
    }
    const byte = byteAt(at);
    if (byte === 0x2f && byteAt(at + 1) === 0x2a) {
      comments++;
      // MySQL and MariaDB run what stands in /*! */ and /*M! */.
      const mark = at + 2 + (lower(byteAt(at + 2)) === 0x6d ? 1 : 0);
      if (byteAt(mark) === 0x21) {
        at = mark + 1;
        while (at < end && is(byteAt(at), Is.DIGIT)) at++;
        continue;
      }
      const close = commentEnd(at + 2);
      if (close === 0) return at;
      at = close;
      continue;
    }
    if (byte === 0x2a && byteAt(at + 1) === 0x2f && comments > 0 && byteAt(at + 2) !== 0x2a) {
      at += 2;
      continue;
    }
    const word = byte === 0x7b ? skip(at + 1, end, Is.LETTER | Is.UNDERSCORE) : 0;
    if (word > at + 1 && (spaceAt(word) > 0 || byteAt(word) === 0x60)) {
      // ODBC's {fn user()}, {d '…'}; MySQL takes any word there.
      at = word;
      braces++;
      continue;
    }
    if (byte === 0x7d && braces > 0) {
      braces--;
      at++;
      continue;
    }
    if (isLineComment(at)) {
      const line = lineEnd(at);
      if (line === end) return at;
      comments++;
      at = line;
      continue;
    }
    return at;
  }
  return end;
}

function commentEnd(from: usize): usize {
  for (let at = from; at + 1 < end; at++) if (byteAt(at) === 0x2a && byteAt(at + 1) === 0x2f) return at + 2;
  return 0;
}

function isLineComment(at: usize): bool {
  const byte = byteAt(at);
  return byte === 0x23 || (byte === 0x2d && byteAt(at + 1) === 0x2d);
}

/** Where the next line begins that holds more than space, or `end`. */
function lineEnd(from: usize): usize {
  let at = from;
  while (at < end && byteAt(at) !== 0x0a) at++;
  while (at < end && byteAt(at) <= 0x20) at++;
  return at;
}

/** The byte that the next token begins with; 0 at the end. */
export function peek(): i32 {
  const before = comments;
  const at = passSpace(tokenEnd);
  comments = before;
  return at < end ? byteAt(at) : 0;
}

/** Whether a parenthesis opens next. */
export function opensCall(): bool {
  return peek() === 0x28;
}

function put(kind: Token, to: usize): Token {
  token = kind;
  tokenEnd = to;
  return kind;
}

/** Goes on to the next token. */
export function advance(): Token {
  const at = passSpace(tokenEnd);
  tokenAt = at;
  tokenSets = 0;
  tokenHash = 0;
  if (at >= end) return put(Token.END, end);
  const byte = byteAt(at);
  if (is(byte, Is.DIGIT)) return readNumber(at);
  if (byte === 0x2e && is(byteAt(at + 1), Is.DIGIT)) return readNumber(at);
  const smart = smartQuoteAt(at, end);
  if (smart) return readString(at, at + 3, smart);
  if (byte === 0x24) {
    const to = dollarStringEnd(at, end);
    if (to !== at) return put(to === OPEN ? Token.OPEN_STRING : Token.STRING, to === OPEN ? end : to);
  }
  if (isDash(at)) return put(Token.CUT, end);
  if (isWord(byte)) return readWord(at);
  switch (byte) {
    case 0x27:
    case 0x22:
      return readString(at, at + 1, byte);
    case 0x60:
      return readQuotedName(at, 0x60);
    case 0x5b:
      return readBracketName(at);
    case 0x40:
      if (byteAt(at + 1) === 0x3e) break;
      return readVariable(at);
    case 0x28:
      return put(Token.LEFT, at + 1);
    case 0x29:
      return put(Token.RIGHT, at + 1);
    case 0x2c:
      return put(Token.COMMA, at + 1);
    case 0x3b:
      return put(Token.SEMICOLON, at + 1);
    case 0x23:
      return put(Token.CUT, end);
    case 0x2d:
      if (byteAt(at + 1) === 0x2d) return put(Token.CUT, end);
      break;
    case 0x2f:
      if (byteAt(at + 1) === 0x2a) return put(Token.CUT, end);
      break;
    case 0x5c:
      // MySQL's \N is NULL.
      return put(byteAt(at + 1) === 0x4e ? Token.NUMBER : Token.OTHER, at + 2);
    default:
  }
  operatorAt(at, end);
  const kind = operatorAt(at, end);
  return put(kind, at + operatorLength);
}

/** `12`, `1.5e3`, `0xff`, `0b01`; a keyword may follow at once (`1union`, `1e0or`), other letters make it a name (`1a`). */
function readNumber(from: usize): Token {
  let at = from;
  if (byteAt(at) === 0x30 && (byteAt(at + 1) | 0x20) === 0x78) {
    at += 2;
    while (at < end && is(byteAt(at), Is.HEX)) at++;
  } else {
    while (at < end && is(byteAt(at), Is.DIGIT)) at++;
    if (byteAt(at) === 0x2e) {
      at++;
      while (at < end && is(byteAt(at), Is.DIGIT)) at++;
    }
    if ((byteAt(at) | 0x20) === 0x65) {
      const sign = byteAt(at + 1);
      const digits = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
      if (is(byteAt(digits), Is.DIGIT)) {
        at = digits;
        while (at < end && is(byteAt(at), Is.DIGIT)) at++;
      } else if (byteAt(at - 1) === 0x2e && !isWord(sign)) {
        at++;
      }
    }
  }
  if (at < end && isWord(byteAt(at)) && !isSign(at)) {
    let word = at;
    let hash = NO_BYTES;
    while (word < end && is(byteAt(word), Is.LETTER)) hash = hashByte(hash, lower(byteAt(word++)));
    if ((sqlWord(hash) & GOES_ON) === 0) {
      while (at < end && isWord(byteAt(at))) at++;
      tokenHash = hashOf(from, at);
      return put(Token.NAME, at);
    }
  }
  tokenHash = hashOf(from, at);
  return put(Token.NUMBER, at);
}

/** Keywords which may follow a number without a space. */
const GOES_ON: i32 =
  Sql.BOOLEAN |
  Sql.COMPARISON |
  Sql.ARITHMETIC |
  Sql.SET_OPERATION |
  Sql.BY_CLAUSE |
  Sql.CONDITION_CLAUSE |
  Sql.SOURCE |
  Sql.ROW_CLAUSE |
  Sql.INTO |
  Sql.AS |
  Sql.BRANCH;

/** A word, a chain of names (`a.b`, `a..b`, `a.*`), or a string with a letter before its quote (`N'…'`, `E'…'`, `_utf8'…'`). */
function readWord(from: usize): Token {
  let at = from;
  let hash = NO_BYTES;
  while (at < end && isWord(byteAt(at))) {
    if (isSign(at)) break;
    hash = hashByte(hash, lower(byteAt(at++)));
  }
  if (at === from) return put(Token.OTHER, at + 1);
  tokenHash = hash;
  const byte = byteAt(at);
  if (byte === 0x27 && at < end && isStringPrefix(from, at)) {
    if (lower(byteAt(at - 1)) === 0x71) return readAlternativeString(at + 1);
    return readString(from, at + 1, 0x27);
  }
  tokenSets = sqlWord(hash);
  if (byte === 0x2e && at < end && isChained(at)) {
    tokenSets &= Sql.CATALOG | Sql.PACKAGE;
    at = chainEnd(at);
    tokenHash = hashOf(from, at);
  }
  if (isHarmful(from, at)) tokenSets |= Sql.DEADLY;
  return put(Token.NAME, at);
}

/** `x'…'`, `n'…'`, `e'…'`, `b'…'`, `q'…'`, `nq'…'`, `_charset'…'`. */
function isStringPrefix(from: usize, to: usize): bool {
  const first = lower(byteAt(from));
  if (first === 0x5f) return true;
  const single = first === 0x78 || first === 0x6e || first === 0x65 || first === 0x62 || first === 0x71;
  if (to - from === 1) return single;
  return to - from === 2 && first === 0x6e && lower(byteAt(from + 1)) === 0x71;
}

/** Procedures of SQL Server which begin `xp_` or `sp_` are many, and none is a column. */
function isHarmful(from: usize, to: usize): bool {
  const first = lower(byteAt(from));
  return (
    to - from >= 3 &&
    (first === 0x78 || first === 0x73) &&
    lower(byteAt(from + 1)) === 0x70 &&
    byteAt(from + 2) === 0x5f
  );
}

function isChained(dot: usize): bool {
  const next = byteAt(dot + 1);
  return isWord(next) || next === 0x2e || next === 0x2a || next === 0x60 || next === 0x5b || next === 0x22;
}

function chainEnd(from: usize): usize {
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
    if (!isWord(byte) && !(byte === 0x2e && isChained(at)) && byte !== 0x5b && byte !== 0x5d) return at;
    at++;
  }
  return at;
}

function readString(from: usize, content: usize, quote: i32): Token {
  const close = collapse ? runOfQuotes(from, content, end, quote) : quotedEnd(content, end, quote, true);
  tokenQuote = quote;
  if (close === OPEN) {
    tokenHash = hashOf(content, end);
    return put(Token.OPEN_STRING, end);
  }
  tokenHash = hashOf(content, close - 1);
  return put(Token.STRING, close);
}

/** Oracle's `q'[…]'`: any character opens, its partner closes. */
function readAlternativeString(from: usize): Token {
  const opening = byteAt(from);
  const closing =
    opening === 0x5b
      ? 0x5d
      : opening === 0x28
        ? 0x29
        : opening === 0x7b
          ? 0x7d
          : opening === 0x3c
            ? 0x3e
            : opening;
  for (let at = from + 1; at + 1 < end; at++)
    if (byteAt(at) === closing && byteAt(at + 1) === 0x27) return put(Token.STRING, at + 2);
  tokenQuote = 0x27;
  return put(Token.OPEN_STRING, end);
}

function readQuotedName(from: usize, quote: i32): Token {
  const close = quotedEnd(from + 1, end, quote, false);
  tokenQuote = quote;
  if (close === OPEN) return put(Token.OPEN_STRING, end);
  let at = close;
  if (byteAt(at) === 0x2e && at < end && isChained(at)) at = chainEnd(at);
  tokenSets = sqlWord(hashOf(from + 1, close - 1)) & Sql.CATALOG;
  tokenHash = hashOf(from, at);
  return put(Token.NAME, at);
}

/** SQL Server's `[name]`. */
function readBracketName(from: usize): Token {
  let at = from + 1;
  while (at < end && at - from < 130 && byteAt(at) !== 0x5d && byteAt(at) !== 0x0a) at++;
  if (byteAt(at) !== 0x5d || at >= end || at === from + 1) return put(Token.OTHER, from + 1);
  at++;
  if (byteAt(at) === 0x2e && at < end && isChained(at)) at = chainEnd(at);
  tokenHash = hashOf(from, at);
  return put(Token.NAME, at);
}

/** `@x`, `@@global.x`, `` @`x` ``, `@'x'`; an `@` alone is MySQL's variable without a name. */
function readVariable(from: usize): Token {
  let at = from + 1;
  if (byteAt(at) === 0x40) at++;
  const quote = byteAt(at);
  if (at < end && (quote === 0x60 || quote === 0x27 || quote === 0x22)) {
    const close = quotedEnd(at + 1, end, quote, false);
    at = close === OPEN ? at : close;
  }
  while (at < end && (isWord(byteAt(at)) || byteAt(at) === 0x2e)) at++;
  tokenHash = hashOf(from, at);
  return put(Token.VARIABLE, at);
}
