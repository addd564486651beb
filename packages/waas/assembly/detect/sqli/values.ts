import { byteAt, startsWith } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { behindValue, closeParenthesis } from './behind-value';
import { compare } from './compare';
import { adjust, count } from './evidence';
import { Frame, In, pushFrame } from './frames';
import { advance, opensCall, token, tokenAt, tokenEnd, tokenHash, tokenSets } from './lexer';
import { countHex, countVariable, stringValue } from './literals';
import { Due, Ending, expect, Reading, stop, Value } from './reading';
import { beginSelect, firstColumn } from './selects';
import { statement } from './statements';
import { Token } from './token';

/** Reads a token where a value is due. */
export function aValue(): bool {
  switch (token) {
    case Token.NUMBER:
      countHex();
      return complete(Value.CONSTANT, tokenHash);
    case Token.STRING:
      return complete(stringValue(), tokenHash);
    case Token.OPEN_STRING:
      complete(stringValue(), tokenHash);
      return stop(Ending.REOPENED);
    case Token.VARIABLE:
      countVariable();
      return complete(Value.VARIABLE, tokenHash);
    case Token.NAME:
      return name();
    case Token.LEFT:
      return openParenthesis(0);
    case Token.RIGHT:
      // f()
      if ((Frame.holds & In.CALL) === 0 || Reading.value !== Value.NONE) return stop(Ending.BROKEN);
      return closeParenthesis();
    case Token.ARITHMETIC:
      // count(*), and signs.
      if (byteAt(tokenAt) === 0x2a) return complete(Value.CONSTANT, 0);
      return isSign() || stop(Ending.BROKEN);
    case Token.NEGATION:
      return true;
    case Token.BOOLEAN:
    case Token.CONCATENATION:
      // (||6) at the start.
      return Reading.tokens === 1 || stop(Ending.BROKEN);
    default:
      return stop(Ending.BROKEN);
  }
}

export function isSign(): bool {
  const byte = byteAt(tokenAt);
  return tokenEnd - tokenAt === 1 && (byte === 0x2b || byte === 0x2d);
}

export const PROCEDURE = 'names a procedure that reaches out of the database';

/** Words of functions that the database knows. */
export const CALLABLE: i32 = Sql.FUNCTION | Sql.DEADLY | Sql.PACKAGE;

export function openParenthesis(holds: i32): bool {
  pushFrame(holds);
  Reading.value = Value.NONE;
  return expect(Due.VALUE);
}

function name(): bool {
  const sets = tokenSets;
  if (sets & CALLABLE && opensCall()) return call();
  if (sets & Sql.SELECT) return beginSelect(0, Frame.depth > 0 && Reading.value === Value.NONE ? 30 : 10);
  if (sets & Sql.CASE) {
    Reading.cases++;
    return true;
  }
  if (sets & Sql.BRANCH && Reading.cases > 0) {
    Reading.condition = true;
    return true;
  }
  if (sets & Sql.PREFIX) {
    if (startsWith(tokenAt, tokenEnd, 'interval')) Frame.holds |= In.INTERVAL;
    if (Frame.depth > 0) Reading.combined = true;
    return true;
  }
  if (sets & Sql.CONSTANT) return complete(Value.CONSTANT, tokenHash);
  if (sets & Sql.COMPARISON && Reading.wordOperator) return true;
  if (sets & Sql.SET_OPERATION && (Frame.holds & In.SELECT) === 0) return behindValue();
  if (sets & (Sql.BOOLEAN | Sql.SOURCE | Sql.CONDITION_CLAUSE | Sql.BY_CLAUSE)) return stop(Ending.BROKEN);
  if (opensCall()) {
    if (Reading.tokens === 0) Reading.named = true;
    advance();
    return openParenthesis(In.CALL);
  }
  // (BEGIN …): some lists of attacks have it.
  if (
    sets & (Sql.COMMAND | Sql.STATEMENT) &&
    Frame.depth > 0 &&
    Reading.value === Value.NONE &&
    Frame.holds === 0
  )
    return statement();
  if (sets & Sql.CATALOG) {
    if (Frame.holds & In.SELECT) count(35, "reads the database's catalogue");
    else if (Reading.left) adjust(15);
  } else if (Reading.left && sets & Sql.PACKAGE) {
    count(40, PROCEDURE);
  }
  return complete(Value.NAME, tokenHash);
}

/** The current token is a function of the database, and its parenthesis follows. */
export function call(): bool {
  if (tokenSets & (Sql.DEADLY | Sql.PACKAGE))
    count(55, 'calls a function that waits, fails on purpose, or reaches out of the database');
  else if (Reading.left) countFunction();
  advance();
  return openParenthesis(In.CALL | In.KNOWN);
}

export function countFunction(): void {
  if (Reading.functionPoints >= 40 || Reading.begun) return;
  Reading.functionPoints += 20;
  count(20, 'calls functions of the database');
}

/** A value is read to its end. */
export function complete(is: i32, hash: u32): bool {
  let kind = is;
  if (Frame.joined) {
    kind = max(kind, Frame.joined);
    hash = 0;
    Frame.joined = 0;
  }
  if (kind === Value.NAME && Reading.tokens <= 1 && !Reading.left) Reading.named = true;
  const isName = kind === Value.NAME || kind === Value.CALL;
  if (Frame.left) {
    compare(kind, hash);
    Frame.left = 0;
  } else if (Reading.fresh && !isName) {
    Reading.plainConditions++;
    Reading.plain = true;
    if (kind === Value.KNOWN_CALL && !Reading.named) adjust(15);
  }
  if (Reading.connected && !isName) Reading.combined = true;
  Reading.fresh = false;
  if (Reading.sorting) {
    Reading.sorting = false;
    if (Reading.left) count(isName ? 15 : 45, 'sorts or groups the rows of the query it is put in');
  }
  if (Frame.holds & In.FIRST) firstColumn(kind);
  Reading.value = kind;
  Reading.valueHash = hash;
  Reading.wordOperator = false;
  return expect(Due.OPERATOR);
}
