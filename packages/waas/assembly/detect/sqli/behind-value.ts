import { byteAt, startsWith } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { adjust } from './evidence';
import { Frame, In, popFrame } from './frames';
import { opensCall, peek, token, tokenAt, tokenEnd, tokenSets } from './lexer';
import { Due, Ending, expect, Reading, stop, Value } from './reading';
import { statement } from './statements';
import { Token } from './token';
import { aValue, CALLABLE, call, complete, openParenthesis } from './values';

/** Reads a token behind a value. */
export function behindValue(): bool {
  switch (token) {
    case Token.NAME:
      return word();
    case Token.COMPARISON:
      if (Reading.named && Reading.tokens === 1) Reading.assigned = true;
      return comparison();
    case Token.ARITHMETIC:
      return arithmetic();
    case Token.NEGATION:
      // ~ compares with a pattern in PostgreSQL.
      return byteAt(tokenAt) === 0x7e ? comparison() : stop(Ending.BROKEN);
    case Token.BOOLEAN:
    case Token.CONCATENATION:
      return connective();
    case Token.CAST:
      return expect(Due.ALIAS);
    case Token.COMMA:
      if (Frame.holds & In.SELECT) adjust(3);
      Frame.holds &= ~(In.ALIASED | In.COLUMN);
      if (Frame.depth === 0) {
        Reading.left = true;
        Reading.listed = true;
      }
      return expect(Due.VALUE);
    case Token.RIGHT:
      return closeParenthesis();
    case Token.LEFT:
      // (SELECT …) behind a value: an operator was lost.
      return (peek() | 0x20) === 0x73 || peek() === 0x28 ? openParenthesis(0) : stop(Ending.BROKEN);
    case Token.SEMICOLON:
      Reading.left = true;
      return expect(Due.STATEMENT);
    case Token.NUMBER:
    case Token.VARIABLE:
      if ((Frame.holds & In.SELECT) === 0) return stop(Ending.BROKEN);
      Frame.holds &= ~In.ALIASED;
      return aValue();
    case Token.STRING:
      // MySQL joins strings that stand side by side; and of a + that was decoded as a form's, a space is left.
      if (Reading.value !== Value.CONSTANT && (Frame.holds & In.SELECT) === 0) return stop(Ending.BROKEN);
      Frame.holds &= ~In.ALIASED;
      return complete(Value.CONSTANT, 0);
    default:
      return stop(Ending.BROKEN);
  }
}

export function closeParenthesis(): bool {
  if (Frame.depth === 0) {
    Reading.closed++;
    Reading.left = true;
    Reading.condition = false;
    return expect(Due.OPERATOR);
  }
  const held = Frame.holds;
  popFrame();
  if (held & In.SELECT) return complete(Value.SUBSELECT, 0);
  if (held & In.CALL) return complete(held & In.KNOWN ? Value.KNOWN_CALL : Value.CALL, 0);
  return complete(Reading.value, 0);
}

function comparison(): bool {
  if (Reading.plain) Reading.plainConditions--;
  Reading.plain = false;
  Frame.left = Reading.value;
  Frame.leftHash = Reading.valueHash;
  return expect(Due.VALUE);
}

function wordComparison(): bool {
  Reading.wordOperator = true;
  return comparison();
}

function arithmetic(): bool {
  Frame.joined = Reading.value;
  // Dates and names have dashes.
  if (Reading.value !== Value.NAME && (byteAt(tokenAt) !== 0x2d || Reading.value === Value.TEXT))
    Reading.combined = true;
  if (Frame.depth === 0) Reading.left = true;
  return expect(Due.VALUE);
}

function connective(): bool {
  Reading.condition = true;
  Reading.left = true;
  Reading.connected = true;
  Reading.fresh = true;
  Reading.plain = false;
  return expect(Due.VALUE);
}

function clause(due: Due): bool {
  Reading.left = true;
  return expect(due);
}

function word(): bool {
  const sets = tokenSets;
  if (sets & Sql.BOOLEAN) return connective();
  if (sets & Sql.COMPARISON) return wordComparison();
  if (sets & Sql.ARITHMETIC) return arithmetic();
  if (sets & Sql.SET_OPERATION) return clause(Due.SELECT);
  if (sets & Sql.BRANCH && Reading.cases > 0) return expect(Due.VALUE);
  if (sets & Sql.END && Reading.cases > 0) {
    Reading.cases--;
    if (Reading.left) adjust(20);
    return true;
  }
  if (sets & Sql.END && Reading.headPoints > 0) return expect(Due.REST);
  if (sets & Sql.PREFIX && startsWith(tokenAt, tokenEnd, 'not')) return wordComparison();
  if (sets & Sql.SORT) return true;
  if (sets & Sql.BY_CLAUSE) return clause(Due.BY);
  if (sets & Sql.CONDITION_CLAUSE) {
    Reading.condition = true;
    Reading.fresh = true;
    if (!Reading.named && !(Reading.begun && Reading.ordinary) && tokenEnd - tokenAt > 2) adjust(15);
    return clause(Due.VALUE);
  }
  if (sets & Sql.SOURCE) return source();
  if (sets & Sql.JOIN_KIND && Frame.holds & In.SELECT) return true;
  if (sets & Sql.ROW_CLAUSE) {
    // PROCEDURE ANALYSE()
    if (!Reading.named) adjust(startsWith(tokenAt, tokenEnd, 'procedure') ? 40 : 5);
    return clause(Due.VALUE);
  }
  if (sets & Sql.AS) return expect(Due.ALIAS);
  if (sets & Sql.INTO) return clause(Due.TARGET);
  if (sets & Sql.FOR) return expect(Frame.holds & In.CALL ? Due.VALUE : Due.TARGET);
  if (sets & (Sql.STATEMENT | Sql.COMMAND | Sql.TEST | Sql.SELECT)) return statement();
  if (Frame.holds & In.SELECT) {
    if (sets & CALLABLE && opensCall()) return call();
    if (sets & Sql.PREFIX) return expect(Due.VALUE);
  }
  return alias();
}

/** FROM, JOIN, USING. */
function source(): bool {
  if (Frame.holds & In.SELECT) {
    if (!Reading.begun || Reading.value !== Value.NAME) adjust(12);
    Frame.holds &= ~(In.ALIASED | In.COLUMN);
  } else if ((Frame.holds & In.CALL) === 0 && Reading.closed === 0) {
    return stop(Ending.BROKEN);
  }
  return expect(Due.VALUE);
}

/** In lists of SELECT and FROM one name may follow a value; in calls too: `interval 1 day`. */
function alias(): bool {
  if ((Frame.holds & (In.SELECT | In.CALL)) === 0 || Frame.holds & In.ALIASED) return stop(Ending.BROKEN);
  // Attackers name no columns; in prose `union select` goes on with words.
  if (Frame.holds & In.UNION && Frame.holds & In.COLUMN && byteAt(tokenAt) !== 0x60) adjust(-30);
  if ((Frame.holds & (In.SELECT | In.INTERVAL)) === 0 && Reading.value === Value.CONSTANT)
    return stop(Ending.BROKEN);
  Frame.holds |= In.ALIASED;
  return true;
}
