import { byteAt } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { adjust, count } from './evidence';
import { Frame } from './frames';
import { step } from './grammar';
import { advance, opensCall, token, tokenAt, tokenSets } from './lexer';
import { Due, Ending, expect, Reading, stop } from './reading';
import { beginSelect } from './selects';
import { Token } from './token';
import { call, countFunction, openParenthesis } from './values';

const STATEMENT = 'adds a statement of its own';
const OUT = 'names a procedure that reaches out of the database';

/** Reads what may begin behind `;`, at the text's start, and behind a value in SQL Server. */
export function statement(): bool {
  if (token === Token.SEMICOLON) return true;
  const stacked = Reading.due === Due.STATEMENT;
  Reading.condition = true;
  if (token === Token.LEFT) return openParenthesis(0);
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  const sets = tokenSets;
  if (sets & Sql.SELECT) {
    Frame.holds = 0;
    return beginSelect(0);
  }
  if (sets & (Sql.FUNCTION | Sql.DEADLY) && opensCall()) return call();
  if (sets & Sql.TEST) return test();
  if ((sets & (Sql.STATEMENT | Sql.COMMAND)) === 0) return stop(Ending.BROKEN);
  const begins = Reading.tokens === 0 && !Reading.quoted;
  const named = Reading.named && !Reading.left;
  nextWord();
  let worth = headPoints((sets & Sql.STATEMENT) !== 0);
  if (begins) {
    Reading.begun = true;
    if ((sets & Sql.DEADLY) === 0) worth >>= 1;
  } else if (!stacked) {
    worth -= named ? 30 : 10;
  }
  if (worth > 0) count(worth, STATEMENT);
  expect(Due.REST);
  return step();
}

function nextWord(): void {
  Reading.tokens++;
  advance();
}

/** IF, WHILE: a condition follows, and then a statement. */
function test(): bool {
  if (Reading.tokens > 0) {
    Reading.left = true;
    adjust(10);
  }
  return expect(Due.VALUE);
}

/** How much a statement's first two words are worth; the current token is the second. */
function headPoints(takesObject: bool): i32 {
  switch (token) {
    case Token.VARIABLE:
      return takesObject ? 20 : 60;
    case Token.LEFT:
      return 40;
    case Token.STRING:
    case Token.OPEN_STRING:
      return 35;
    case Token.END:
    case Token.CUT:
    case Token.SEMICOLON:
      return 30;
    case Token.NAME:
      if (tokenSets & (Sql.DEADLY | Sql.CATALOG)) return 55;
      if (takesObject) return tokenSets & Sql.OBJECT ? 60 : 20;
      if (tokenSets & (Sql.STATEMENT | Sql.COMMAND | Sql.SELECT)) return 50;
      return tokenSets & Sql.OBJECT ? 35 : 25;
    default:
      return 15;
  }
}

/** Reads the rest of a statement loosely: names side by side without a word of SQL are prose. */
export function restOfStatement(): bool {
  const before = Reading.proseWords;
  Reading.proseWords = 0;
  switch (token) {
    case Token.SEMICOLON:
      return expect(Due.STATEMENT);
    case Token.OPEN_STRING:
      return stop(Ending.REOPENED);
    case Token.OTHER:
      // A label of GOTO has a colon.
      return byteAt(tokenAt) === 0x3a || stop(Ending.BROKEN);
    case Token.NAME:
      if (tokenSets & Sql.SELECT) return beginSelect(0);
      if (tokenSets & Sql.COMMAND) return command();
      if (tokenSets & Sql.DEADLY) count(45, OUT);
      else if (tokenSets & Sql.FUNCTION && opensCall()) countFunction();
      else if (tokenSets === 0) Reading.proseWords = before + 1;
      return Reading.proseWords < 4 || stop(Ending.BROKEN);
    default:
      return true;
  }
}

/** Statements need no `;` between them in SQL Server. */
function command(): bool {
  nextWord();
  const worth = headPoints(false);
  if (worth >= 50) count(worth, STATEMENT);
  return step();
}

/** Reads what INTO or FOR names. */
export function target(): bool {
  expect(Due.OPERATOR);
  if (token === Token.VARIABLE) {
    count(50, 'sends rows where the query does not');
    return true;
  }
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  if (tokenSets & Sql.DEADLY) {
    count(60, 'writes rows to a file');
    return expect(Due.REST);
  }
  adjust(tokenSets & Sql.LOCK ? 20 : 10);
  return true;
}
