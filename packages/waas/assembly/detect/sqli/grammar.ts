// Whether a text goes on as SQL. Two states do most of it: a value is due, or what may stand behind one. Prose leaves the
// grammar at its second or third word, since two names never stand side by side. What speaks for an attack is counted on the way.
import { byteAt, Is, skip } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { behindValue } from './behind-value';
import { points } from './evidence';
import { advance, opensCall, token, tokenSets } from './lexer';
import { beginReading, Due, Ending, expect, Reading, stop, Value } from './reading';
import { beginSelect, selectBehindUnion } from './selects';
import { restOfStatement, statement, target } from './statements';
import { Token } from './token';
import { aValue, CALLABLE, isSign } from './values';

/** More points than any ending takes away: reading on changes nothing. */
const ENOUGH: i32 = 160;

/** Reads on behind the quote that the text closes, which stands before `at`; the closed string counts as a value. */
export function readBehindQuote(at: usize, end: usize, runs: bool): void {
  beginReading(at, end, runs);
  Reading.due = Due.OPERATOR;
  Reading.value = Value.TEXT;
  Reading.left = true;
  Reading.quoted = true;
  read();
}

/** Reads the text where it stands bare, as a number or a name in the query. */
export function readBare(at: usize, end: usize, runs: bool): void {
  beginReading(at, end, runs);
  const first = byteAt(skip(at, end, Is.SPACE | Is.CONTROL));
  // A value is due, no comment that takes the line.
  if (first !== 0x23) read();
}

function read(): void {
  advance();
  while (step() && points < ENOUGH) {
    Reading.tokens++;
    if (!Reading.again) advance();
    Reading.again = false;
  }
}

/** Reads the current token; false where the text ends, in whichever way. */
function step(): bool {
  if (token === Token.END)
    return stop(Reading.due === Due.OPERATOR || Reading.due === Due.REST ? Ending.WHOLE : Ending.UNFINISHED);
  if (token === Token.CUT) return stop(Ending.CUT);
  switch (Reading.due) {
    case Due.ANY:
      return first();
    case Due.VALUE:
      return aValue();
    case Due.OPERATOR:
      return behindValue();
    case Due.SELECT:
      return selectBehindUnion();
    case Due.BY:
      if (token !== Token.NAME || (tokenSets & Sql.BY) === 0) return stop(Ending.BROKEN);
      Reading.sorting = true;
      return expect(Due.VALUE);
    case Due.ALIAS:
      if (token !== Token.NAME && token !== Token.STRING) return stop(Ending.BROKEN);
      return expect(Due.OPERATOR);
    case Due.STATEMENT:
      return statement();
    case Due.TARGET:
      return target();
    default:
      return restOfStatement();
  }
}

/** Words that stand behind a value only. */
const CONTINUES: i32 =
  Sql.BOOLEAN |
  Sql.COMPARISON |
  Sql.SET_OPERATION |
  Sql.BY_CLAUSE |
  Sql.CONDITION_CLAUSE |
  Sql.ROW_CLAUSE |
  Sql.AS |
  Sql.INTO;

/** The text may begin with a value, or lack it: ` OR 1=1` is put behind the value that the query has. */
function first(): bool {
  Reading.due = Due.VALUE;
  if (token === Token.NAME) {
    if (tokenSets & CALLABLE && opensCall()) {
      Reading.assigned = (tokenSets & Sql.TEST) !== 0;
      return aValue();
    }
    if (tokenSets & CONTINUES) {
      Reading.left = true;
      Reading.continues = true;
      Reading.value = Value.CONSTANT;
      return behindValue();
    }
    if (tokenSets & Sql.SELECT) {
      Reading.begun = true;
      return beginSelect(0, 15);
    }
    if (tokenSets & (Sql.STATEMENT | Sql.COMMAND | Sql.TEST)) return statement();
    return aValue();
  }
  switch (token) {
    case Token.ARITHMETIC:
      return isSign() ? aValue() : stop(Ending.BROKEN);
    case Token.BOOLEAN:
    case Token.CONCATENATION:
    case Token.COMMA:
    case Token.RIGHT:
    case Token.SEMICOLON:
    case Token.COMPARISON:
      Reading.continues = true;
      Reading.value = Value.CONSTANT;
      return behindValue();
    default:
      return aValue();
  }
}
