import { byteAt, startsWith } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { adjust, count } from './evidence';
import { Frame, In } from './frames';
import { advance, opensCall, token, tokenAt, tokenEnd, tokenSets } from './lexer';
import { Due, Ending, expect, Reading, stop, Value } from './reading';
import { Token } from './token';
import { complete, openParenthesis } from './values';

const UNION_SELECT = 'adds rows of its own with UNION SELECT';

/** The current token is SELECT. `union`: `In.UNION` where it follows a UNION; `worth` in points. */
export function beginSelect(union: i32, worth: i32): bool {
  count(worth, union ? UNION_SELECT : 'asks the database with a SELECT of its own');
  Frame.holds = (Frame.holds & In.CALL) | In.SELECT | In.FIRST | union;
  Reading.condition = true;
  return expect(Due.VALUE);
}

export function firstColumn(kind: i32): void {
  Frame.holds &= ~In.FIRST;
  if (kind === Value.NAME || byteAt(tokenAt) === 0x2a) Reading.ordinary = true;
  if (kind === Value.NAME) Frame.holds |= In.COLUMN;
  if (Frame.holds & In.UNION) count(kind === Value.NAME ? 5 : kind === Value.CALL ? 25 : 45, UNION_SELECT);
  else adjust(kind === Value.NAME || kind === Value.CALL ? 5 : 15);
}

/** Reads a token behind UNION, EXCEPT, INTERSECT, MINUS. */
export function selectBehindUnion(): bool {
  if (token === Token.LEFT) {
    openParenthesis(0);
    return expect(Due.SELECT);
  }
  if (token === Token.NUMBER) {
    count(30, UNION_SELECT);
    return complete(Value.CONSTANT, 0);
  }
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  if (tokenSets & Sql.SELECT) {
    Reading.unionSelect = true;
    return beginSelect(In.UNION, 35);
  }
  if (tokenSets & Sql.VALUES) {
    count(50, UNION_SELECT);
    return expect(Due.VALUE);
  }
  // SELECTCHAR(…): some lists of attacks lost the space.
  if (tokenSets === 0 && startsWith(tokenAt, tokenEnd, 'select') && opensCall()) {
    count(50, UNION_SELECT);
    advance();
    return openParenthesis(In.CALL);
  }
  return (tokenSets & Sql.PREFIX) !== 0 || stop(Ending.BROKEN);
}
