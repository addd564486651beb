import { byteAt, lower } from '../../base/bytes';
import { hashByte } from '../../base/words';
import { Sql, sqlWord } from '../../build/sql-words';
import { adjust, count } from './evidence';
import { Frame } from './frames';
import { advance, opensCall, token, tokenAt, tokenEnd, tokenHash, tokenSets, wordFollows } from './lexer';
import { Due, Ending, expect, Reading, stop } from './reading';
import { beginSelect } from './selects';
import { Token } from './token';
import { CALLABLE, call, countFunction, openParenthesis, PROCEDURE } from './values';

/** Reads what may begin behind `;`, at the text's start, and behind a value in SQL Server. */
export function statement(): bool {
  if (token === Token.SEMICOLON) return true;
  const stacked = Reading.due === Due.STATEMENT;
  const begins = Reading.tokens === 0 && !Reading.quoted;
  const named = Reading.named && !Reading.left;
  Reading.condition = true;
  if (token === Token.LEFT) return openParenthesis(0);
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  if (tokenSets & Sql.END) return expect(Due.REST);
  if (stacked && byteAt(tokenEnd) === 0x3a) {
    // A label of GOTO.
    advance();
    return true;
  }
  if (tokenSets & Sql.SELECT) {
    Frame.holds = 0;
    return beginSelect(0, stacked ? 30 : 10);
  }
  if (tokenSets & CALLABLE && opensCall())
    return stacked || tokenSets & Sql.DEADLY ? call() : stop(Ending.BROKEN);
  if (tokenSets & Sql.TEST) return stacked ? test() : stop(Ending.BROKEN);
  if ((tokenSets & (Sql.STATEMENT | Sql.COMMAND)) === 0) return stop(Ending.BROKEN);
  let harmful = (tokenSets & Sql.DEADLY) !== 0;
  let worth = readHead();
  if (token === Token.NAME && tokenSets & Sql.PACKAGE) harmful = true;
  Reading.begun = begins || named;
  if (begins) {
    if (!harmful) worth >>= 1;
  } else if (!stacked) {
    worth -= named && !harmful ? 30 : 10;
  }
  countHead(worth);
  Reading.again = true;
  return expect(Due.REST);
}

/** IF, WHILE: a condition follows, and then a statement. */
function test(): bool {
  Reading.left = true;
  adjust(10);
  return expect(Due.VALUE);
}

/** Goes on to the statement's second word; how much the two are worth. */
function readHead(): i32 {
  const sets = tokenSets;
  const hash = tokenHash;
  advance();
  switch (token) {
    case Token.VARIABLE:
      return sets & Sql.COMMAND ? 60 : 20;
    case Token.LEFT:
      return sets & Sql.COMMAND ? 40 : 20;
    case Token.NUMBER:
    case Token.STRING:
    case Token.OPEN_STRING:
    case Token.END:
    case Token.CUT:
    case Token.SEMICOLON:
      return sets & Sql.DEADLY ? 50 : 30;
    case Token.NAME:
      if (sqlWord(pairHash(hash)) & Sql.PAIR || wordFollows('set')) return 60;
      if (tokenSets & (Sql.DEADLY | Sql.PACKAGE | Sql.CATALOG)) return 55;
      if (sets & Sql.DEADLY && tokenSets !== 0) return 50;
      if (sets & Sql.STATEMENT) return tokenSets & Sql.OBJECT ? 60 : 20;
      if (opensCall() || tokenSets & (Sql.STATEMENT | Sql.COMMAND)) return 45;
      return tokenSets & Sql.OBJECT ? 35 : 20;
    default:
      return 10;
  }
}

/** The hash of a word, a space, and the current token. */
function pairHash(word: u32): u32 {
  let hash = hashByte(word, 0x20);
  for (let at = tokenAt; at < tokenEnd; at++) hash = hashByte(hash, lower(byteAt(at)));
  return hash;
}

/** Of several statements the one that is worth most counts. */
function countHead(worth: i32): void {
  if (worth <= Reading.headPoints) return;
  count(worth - Reading.headPoints, 'adds a statement of its own');
  Reading.headPoints = worth;
}

/** Reads the rest of a statement loosely: names side by side without a word of SQL are prose. */
export function restOfStatement(): bool {
  const proseWords = Reading.proseWords;
  Reading.proseWords = 0;
  switch (token) {
    case Token.SEMICOLON:
      return expect(Due.STATEMENT);
    case Token.OPEN_STRING:
      return stop(Ending.UNFINISHED);
    case Token.OTHER:
      // A label of GOTO has a colon.
      return byteAt(tokenAt) === 0x3a || stop(Ending.BROKEN);
    case Token.NAME:
      if (tokenSets & Sql.SELECT) return beginSelect(0, 10);
      if (tokenSets & (Sql.STATEMENT | Sql.COMMAND)) {
        // Statements need no `;` between them in SQL Server.
        const worth = readHead();
        if (worth > 50) countHead(Reading.begun ? worth >> 1 : worth);
        Reading.again = true;
        return true;
      }
      if (tokenSets === 0) Reading.proseWords = proseWords + 1;
      else if (!Reading.begun) countNamed();
      return Reading.proseWords < 4 || stop(Ending.BROKEN);
    default:
      return true;
  }
}

function countNamed(): void {
  const called = opensCall();
  if (tokenSets & Sql.PACKAGE || (called && tokenSets & Sql.DEADLY)) count(45, PROCEDURE);
  else if (called && tokenSets & Sql.FUNCTION) countFunction();
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
  adjust(10);
  return true;
}
