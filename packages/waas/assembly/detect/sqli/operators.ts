import { byteAt } from '../../base/bytes';
import { Token } from './token';

export let operatorLength: i32 = 1;

function put(kind: Token, length: i32): Token {
  operatorLength = length;
  return kind;
}

/** Reads the operator at `at`. What only programming languages have (`===`, `=>`, `!==`) is none. */
export function operatorAt(at: usize, end: usize): Token {
  const next = at + 1 < end ? byteAt(at + 1) : 0;
  const third = at + 2 < end ? byteAt(at + 2) : 0;
  switch (byteAt(at)) {
    case 0x3d: // =
      if (next === 0x3e || (next === 0x3d && third === 0x3d)) return put(Token.OTHER, 2);
      return put(Token.COMPARISON, next === 0x3d ? 2 : 1);
    case 0x3c: // <
      if (next === 0x3d) return put(Token.COMPARISON, third === 0x3e ? 3 : 2);
      if (next === 0x3c) return put(Token.ARITHMETIC, 2);
      return put(Token.COMPARISON, next === 0x3e || next === 0x40 ? 2 : 1);
    case 0x3e: // >
      if (next === 0x3e) return put(Token.ARITHMETIC, 2);
      return put(Token.COMPARISON, next === 0x3d ? 2 : 1);
    case 0x21: // !
      if (next === 0x3d) return put(third === 0x3d ? Token.OTHER : Token.COMPARISON, 2);
      if (next === 0x7e) return put(Token.COMPARISON, third === 0x2a ? 3 : 2);
      if (next === 0x3c || next === 0x3e) return put(Token.COMPARISON, 2);
      return put(Token.NEGATION, 1);
    case 0x7e: // ~
      return put(Token.NEGATION, 1);
    case 0x26: // &
      return put(next === 0x26 ? Token.BOOLEAN : Token.ARITHMETIC, next === 0x26 ? 2 : 1);
    case 0x7c: // |
      return put(next === 0x7c ? Token.CONCATENATION : Token.ARITHMETIC, next === 0x7c ? 2 : 1);
    case 0x3a: // :
      if (next === 0x3a) return put(Token.CAST, 2);
      return put(next === 0x3d ? Token.COMPARISON : Token.OTHER, next === 0x3d ? 2 : 1);
    case 0x40: // @> of arrays and JSON
      return put(next === 0x3e ? Token.COMPARISON : Token.OTHER, 2);
    case 0x3f: // ?, ?|, ?& of JSON: a string comes next
      if (next === 0x7c || next === 0x26) return put(Token.COMPARISON, 2);
      return put(next === 0x27 || (next === 0x20 && third === 0x27) ? Token.COMPARISON : Token.OTHER, 1);
    case 0x2d: // -
      if (next === 0x3e) return put(Token.ARITHMETIC, third === 0x3e ? 3 : 2);
      return put(Token.ARITHMETIC, 1);
    case 0x2b: // +
    case 0x2a: // *
    case 0x2f: // /
    case 0x25: // %
    case 0x5e: // ^
      return put(Token.ARITHMETIC, 1);
    default:
      return put(Token.OTHER, 1);
  }
}
