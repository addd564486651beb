// One pass over a text says which kinds of bytes it holds, so that a detector whose characters are missing costs nothing.
import { byteAt } from './bytes';

export enum Has {
  LETTER = 1 << 0,
  DIGIT = 1 << 1,
  SPACE = 1 << 2,
  NEWLINE = 1 << 3,
  /** Zero bytes and other control characters that are no white space. */
  CONTROL = 1 << 4,
  HIGH = 1 << 5,
  SINGLE_QUOTE = 1 << 6,
  DOUBLE_QUOTE = 1 << 7,
  BACKTICK = 1 << 8,
  PARENTHESIS = 1 << 9,
  BRACKET = 1 << 10,
  BRACE = 1 << 11,
  LESS = 1 << 12,
  GREATER = 1 << 13,
  AMPERSAND = 1 << 14,
  PIPE = 1 << 15,
  SEMICOLON = 1 << 16,
  COLON = 1 << 17,
  DOLLAR = 1 << 18,
  PERCENT = 1 << 19,
  BACKSLASH = 1 << 20,
  SLASH = 1 << 21,
  DOT = 1 << 22,
  COMMA = 1 << 23,
  EQUALS = 1 << 24,
  HASH = 1 << 25,
  DASH = 1 << 26,
  PLUS = 1 << 27,
  STAR = 1 << 28,
  AT = 1 << 29,
  /** `!`, `?`, `^`, `~` */
  OTHER = 1 << 30,
  UNDERSCORE = 1 << 31,
}

const kinds: usize = memory.data(1024);

function put(byte: i32, has: i32): void {
  store<u32>(kinds + (byte << 2), has);
}

function putRange(from: i32, to: i32, has: i32): void {
  for (let byte = from; byte <= to; byte++) put(byte, has);
}

function putAll(bytes: string, has: i32): void {
  for (let i = 0; i < bytes.length; i++) put(bytes.charCodeAt(i), has);
}

putRange(0x00, 0x1f, Has.CONTROL);
put(0x7f, Has.CONTROL);
putRange(0x80, 0xff, Has.HIGH);
putRange(0x30, 0x39, Has.DIGIT);
putRange(0x41, 0x5a, Has.LETTER);
putRange(0x61, 0x7a, Has.LETTER);
putAll(' \t\v\f', Has.SPACE);
putAll('\r\n', Has.NEWLINE);
putAll("'", Has.SINGLE_QUOTE);
putAll('"', Has.DOUBLE_QUOTE);
putAll('`', Has.BACKTICK);
putAll('()', Has.PARENTHESIS);
putAll('[]', Has.BRACKET);
putAll('{}', Has.BRACE);
putAll('<', Has.LESS);
putAll('>', Has.GREATER);
putAll('&', Has.AMPERSAND);
putAll('|', Has.PIPE);
putAll(';', Has.SEMICOLON);
putAll(':', Has.COLON);
putAll('$', Has.DOLLAR);
putAll('%', Has.PERCENT);
putAll('\\', Has.BACKSLASH);
putAll('/', Has.SLASH);
putAll('.', Has.DOT);
putAll(',', Has.COMMA);
putAll('=', Has.EQUALS);
putAll('#', Has.HASH);
putAll('-', Has.DASH);
putAll('+', Has.PLUS);
putAll('*', Has.STAR);
putAll('@', Has.AT);
putAll('!?^~', Has.OTHER);
put(0x5f, Has.UNDERSCORE);

/** Which kinds of bytes the text holds, as bits of `Has`. */
export function factsOf(at: usize, end: usize): i32 {
  let facts = 0;
  for (; at < end; at++) facts |= load<i32>(kinds + (byteAt(at) << 2));
  return facts;
}
