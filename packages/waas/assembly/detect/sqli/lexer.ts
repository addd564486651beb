// Reads SQL as MySQL, PostgreSQL, SQLite, SQL Server and Oracle do, all at once: where they differ, the reading that lets an
// attack go on is taken. One token at a time, each byte once.
import { byteAt, Is, is, lower, skip, startsWith } from '../../base/bytes';
import { hashByte, hashOf, NO_BYTES } from '../../base/words';
import { Sql, sqlWord } from '../../build/sql-words';
import {
  bracketEnd,
  chainEnd,
  isChained,
  isNameAt,
  isStringPrefix,
  namesProcedure,
  variableEnd,
} from './names';
import { numberEnd } from './numbers';
import { operatorAt, operatorLength } from './operators';
import { alternativeEnd, dollarStringEnd, OPEN, quotedEnd, runOfQuotes, smartQuoteAt } from './quotes';
import { firstBehindSpaces, isDash, passSpaces, resetSpaces } from './spaces';
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

let end: usize = 0;
let collapse: bool = false;

/** Begins to read at `from`. `runs`: a run of quotes counts as one quote, as in text that was quoted twice. */
export function startLexer(from: usize, to: usize, runs: bool): void {
  tokenEnd = from;
  end = to;
  collapse = runs;
  resetSpaces();
}

/** The byte that the next token begins with; 0 at the end. */
export function peek(): i32 {
  return firstBehindSpaces(tokenEnd, end);
}

/** Whether the word stands behind the current token. */
export function wordFollows(word: string): bool {
  const from = skip(tokenEnd, end, Is.SPACE);
  return from > tokenEnd && startsWith(from, end, word) && is(byteAt(from + word.length), Is.SPACE);
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
  const at = passSpaces(tokenEnd, end);
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
  if (isNameAt(at)) return readWord(at);
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
      return byteAt(at + 1) === 0x4e ? put(Token.NUMBER, at + 2) : put(Token.OTHER, at + 1);
    default:
  }
  const kind = operatorAt(at, end);
  return put(kind, at + operatorLength);
}

/** A number; a keyword may follow at once (`1union`, `1e0or`), other letters make it a name (`1a`). */
function readNumber(from: usize): Token {
  let to = numberEnd(from, end);
  let kind = Token.NUMBER;
  if (to < end && isNameAt(to)) {
    let word = to;
    let hash = NO_BYTES;
    while (word < end && is(byteAt(word), Is.LETTER)) hash = hashByte(hash, lower(byteAt(word++)));
    if ((sqlWord(hash) & GOES_ON) === 0) {
      kind = Token.NAME;
      while (to < end && isNameAt(to)) to++;
    }
  }
  tokenHash = hashOf(from, to);
  return put(kind, to);
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
  while (at < end && isNameAt(at)) hash = hashByte(hash, lower(byteAt(at++)));
  tokenHash = hash;
  const byte = byteAt(at);
  if (byte === 0x27 && at < end && isStringPrefix(from, at)) {
    if (lower(byteAt(at - 1)) !== 0x71) return readString(from, at + 1, 0x27);
    tokenQuote = 0x27;
    const close = alternativeEnd(at + 1, end);
    return close === OPEN ? put(Token.OPEN_STRING, end) : put(Token.STRING, close);
  }
  tokenSets = sqlWord(hash);
  if (byte === 0x2e && at < end && isChained(at)) {
    tokenSets &= Sql.CATALOG | Sql.PACKAGE;
    at = chainEnd(at, end);
    tokenHash = hashOf(from, at);
  }
  if (namesProcedure(from, at)) tokenSets |= Sql.PACKAGE;
  return put(Token.NAME, at);
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

function readQuotedName(from: usize, quote: i32): Token {
  const close = quotedEnd(from + 1, end, quote, false);
  tokenQuote = quote;
  if (close === OPEN) return put(Token.OPEN_STRING, end);
  let at = close;
  if (byteAt(at) === 0x2e && at < end && isChained(at)) at = chainEnd(at, end);
  tokenSets = sqlWord(hashOf(from + 1, close - 1)) & Sql.CATALOG;
  tokenHash = hashOf(from, at);
  return put(Token.NAME, at);
}

function readBracketName(from: usize): Token {
  let to = bracketEnd(from, end);
  if (to === from) return put(Token.OTHER, from + 1);
  if (byteAt(to) === 0x2e && to < end && isChained(to)) to = chainEnd(to, end);
  tokenHash = hashOf(from, to);
  return put(Token.NAME, to);
}

function readVariable(from: usize): Token {
  const to = variableEnd(from, end);
  tokenHash = hashOf(from, to);
  return put(Token.VARIABLE, to);
}
