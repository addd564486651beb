// Whether a text goes on as SQL. Two states do most of it: a value is due, or what may stand behind one. Prose leaves the
// grammar at its second or third word, since two names never stand side by side. What speaks for an attack is counted on the way.
import { byteAt } from '../../base/bytes';
import { Sql } from '../../build/sql-words';
import { adjust, count, points, resetEvidence } from './evidence';
import {
  depth,
  flags,
  In,
  joined,
  leftHash,
  leftValue,
  pop,
  push,
  resetFrames,
  setFlags,
  setJoined,
  setLeft,
} from './frames';
import {
  advance,
  comments,
  opensCall,
  startLexer,
  token,
  tokenAt,
  tokenEnd,
  tokenHash,
  tokenQuote,
  tokenSets,
} from './lexer';
import { Token } from './token';

/** How the text ends. */
export enum Ending {
  /** With a whole value. */
  WHOLE,
  /** Within a string that the query's own quote closes. */
  REOPENED,
  /** With a comment that hides the rest of the query. */
  CUT,
  /** Where a value is due. */
  UNFINISHED,
  /** It leaves the grammar. */
  BROKEN,
}

enum Due {
  /** A value, or what follows one: the text's first token. */
  ANY,
  VALUE,
  OPERATOR,
  /** SELECT, behind UNION. */
  SELECT,
  BY,
  ALIAS,
  STATEMENT,
  /** What an INTO names. */
  TARGET,
  /** The rest of a statement whose head was read. */
  REST,
}

enum Value {
  NONE,
  CONSTANT,
  NAME,
  CALL,
  KNOWN_CALL,
  SUBSELECT,
  VARIABLE,
}

export let ending: Ending = Ending.WHOLE;
/** Closing parentheses that the text does not open. */
export let closed: i32 = 0;
/** Tokens that were read as SQL. */
export let tokens: i32 = 0;
/** Where the reading stopped. */
export let stoppedAt: usize = 0;
/** The string behind the last quote stands for a single word. */
export let plainConditions: i32 = 0;

let due: Due = Due.ANY;
let left: bool = false;
let quoted: bool = false;
let condition: bool = false;
let value: Value = Value.NONE;
let valueHash: u32 = 0;
let cases: i32 = 0;
let sorting: bool = false;
let topped: bool = false;
let wordOperator: bool = false;
let head: bool = false;
let proseWords: i32 = 0;
let unionSelect: bool = false;
let functionPoints: i32 = 0;
let hexPoints: i32 = 0;
let firstIsName: bool = false;

/** Reads on behind the quote that the text closes, which stands before `at`; the closed string counts as a value. */
export function readBehindQuote(at: usize, end: usize, runs: bool): void {
  reset(at, end, runs);
  due = Due.OPERATOR;
  value = Value.CONSTANT;
  left = true;
  quoted = true;
  read();
}

/** Reads the text where it stands bare, as a number or a name in the query. */
export function readBare(at: usize, end: usize, runs: bool): void {
  reset(at, end, runs);
  read();
}

function reset(at: usize, end: usize, runs: bool): void {
  startLexer(at, end, runs);
  resetEvidence();
  resetFrames();
  due = Due.ANY;
  left = false;
  quoted = false;
  condition = false;
  value = Value.NONE;
  valueHash = 0;
  cases = 0;
  sorting = false;
  topped = false;
  wordOperator = false;
  head = false;
  proseWords = 0;
  unionSelect = false;
  functionPoints = 0;
  hexPoints = 0;
  firstIsName = false;
  closed = 0;
  tokens = 0;
  plainConditions = 0;
}

/** More points than any ending takes away: reading on changes nothing. */
const ENOUGH: i32 = 160;

function read(): void {
  ending = Ending.WHOLE;
  do {
    advance();
    if (!step()) break;
    tokens++;
  } while (points < ENOUGH);
  stoppedAt = ending === Ending.BROKEN ? tokenAt : tokenEnd;
}

function stop(how: Ending): bool {
  ending = how;
  return false;
}

function step(): bool {
  if (token === Token.END)
    return stop(due === Due.OPERATOR || due === Due.REST ? Ending.WHOLE : Ending.UNFINISHED);
  if (token === Token.CUT) return stop(Ending.CUT);
  switch (due) {
    case Due.ANY:
      return first();
    case Due.VALUE:
      return valueDue();
    case Due.OPERATOR:
      return operatorDue();
    case Due.SELECT:
      return selectDue();
    case Due.BY:
      if (token !== Token.NAME || (tokenSets & Sql.BY) === 0) return stop(Ending.BROKEN);
      sorting = true;
      due = Due.VALUE;
      return true;
    case Due.ALIAS:
      return aliasDue();
    case Due.STATEMENT:
      return statementDue();
    case Due.TARGET:
      return targetDue();
    default:
      return restDue();
  }
}

function first(): bool {
  due = Due.VALUE;
  if (token === Token.NAME) {
    const called = opensCall() && (tokenSets & (Sql.FUNCTION | Sql.DEADLY)) !== 0;
    if (!called && tokenSets & CONTINUES) {
      left = true;
      value = Value.CONSTANT;
      return operatorDue();
    }
    if (!called && tokenSets & (Sql.STATEMENT | Sql.COMMAND)) return statementDue();
    firstIsName = true;
    return valueDue();
  }
  if (
    token === Token.BOOLEAN ||
    token === Token.CONCATENATION ||
    token === Token.COMMA ||
    token === Token.RIGHT ||
    token === Token.SEMICOLON ||
    token === Token.COMPARISON
  ) {
    value = Value.CONSTANT;
    return operatorDue();
  }
  return valueDue();
}

/** Words that stand behind a value only. */
const CONTINUES: i32 =
  Sql.BOOLEAN |
  Sql.COMPARISON |
  Sql.SET_OPERATION |
  Sql.BY_CLAUSE |
  Sql.CONDITION_CLAUSE |
  Sql.ROW_CLAUSE |
  Sql.PROCEDURE |
  Sql.AS |
  Sql.INTO;

function complete(kind: Value, hash: u32): bool {
  if (joined > kind) kind = joined;
  if (joined) hash = 0;
  setJoined(0);
  if (leftValue) {
    compare(leftValue, leftHash, kind, hash);
    setLeft(0, 0);
  } else if (condition && left) {
    plainConditions++;
  }
  if (sorting) {
    sorting = false;
    if (left) count(kind === Value.NAME ? 15 : 45, 'sorts or groups the rows of the query it is put in');
  }
  if (flags & In.FIRST) {
    setFlags(flags & ~In.FIRST);
    firstColumn(kind);
  }
  value = kind;
  valueHash = hash;
  wordOperator = false;
  due = Due.OPERATOR;
  if (topped) {
    topped = false;
    due = Due.VALUE;
  }
  return true;
}

function firstColumn(kind: Value): void {
  const isName = kind === Value.NAME || kind === Value.CALL;
  if (flags & In.UNION) count(isName ? 15 : 45, 'adds rows of its own with UNION SELECT');
  else adjust(isName ? 5 : 15);
}

function compare(one: i32, oneHash: u32, other: i32, otherHash: u32): void {
  if (!left || !(condition || quoted || depth > 0)) return;
  if (one >= Value.KNOWN_CALL || other >= Value.KNOWN_CALL) {
    count(35, 'adds a condition that asks the database');
  } else if (one === Value.CONSTANT && other === Value.CONSTANT) {
    count(60, 'adds a condition whose answer is known');
  } else if (one === other && oneHash === otherHash && oneHash !== 0) {
    count(60, 'adds a condition whose answer is known');
  } else {
    count(one === Value.NAME && other === Value.NAME ? 10 : 25, 'adds a condition');
  }
}

function isSign(): bool {
  if (token === Token.NEGATION) return true;
  if (token !== Token.ARITHMETIC || tokenEnd - tokenAt !== 1) return false;
  const byte = byteAt(tokenAt);
  return byte === 0x2b || byte === 0x2d;
}

function valueDue(): bool {
  switch (token) {
    case Token.NUMBER:
      if (tokenEnd - tokenAt > 3 && (byteAt(tokenAt + 1) | 0x20) === 0x78 && hexPoints < 15 && left) {
        hexPoints += 5;
        adjust(5);
      }
      return complete(Value.CONSTANT, tokenHash);
    case Token.STRING:
      return complete(Value.CONSTANT, tokenHash);
    case Token.OPEN_STRING:
      complete(Value.CONSTANT, tokenHash);
      return stop(Ending.REOPENED);
    case Token.VARIABLE:
      if (left) count(byteAt(tokenAt + 1) === 0x40 ? 45 : 10, 'reads a variable of the database');
      return complete(Value.VARIABLE, tokenHash);
    case Token.NAME:
      return nameDue();
    case Token.LEFT:
      push(0);
      return true;
    case Token.RIGHT:
      // f() and (EXISTS).
      if ((flags & In.CALL) === 0 && value === Value.NONE) return stop(Ending.BROKEN);
      return close();
    case Token.ARITHMETIC:
      if (byteAt(tokenAt) === 0x2a) return complete(Value.NAME, 0);
      return isSign() ? true : stop(Ending.BROKEN);
    case Token.NEGATION:
      return true;
    case Token.COMPARISON:
    case Token.BOOLEAN:
    case Token.CONCATENATION:
      // (||6): what stands left of the parenthesis goes on in it.
      return tokens === 0 || stop(Ending.BROKEN);
    default:
      return stop(Ending.BROKEN);
  }
}

function nameDue(): bool {
  const sets = tokenSets;
  if (sets & (Sql.FUNCTION | Sql.DEADLY) && opensCall()) return call(sets);
  if (sets & Sql.SELECT) return beginSelect(0);
  if (sets & Sql.CASE) {
    cases++;
    return true;
  }
  if (sets & Sql.BRANCH && cases > 0) {
    condition = true;
    return true;
  }
  if (sets & Sql.PREFIX) {
    topped = tokenEnd - tokenAt === 3 && (byteAt(tokenAt) | 0x20) === 0x74;
    return true;
  }
  if (sets & Sql.CONSTANT) return complete(Value.CONSTANT, tokenHash);
  if (sets & Sql.COMPARISON && wordOperator) return true;
  if (sets & Sql.SET_OPERATION && (flags & In.SELECT) === 0) return operatorDue();
  if (sets & (Sql.BOOLEAN | Sql.SOURCE | Sql.CONDITION_CLAUSE | Sql.BY_CLAUSE)) return stop(Ending.BROKEN);
  if (opensCall()) {
    advance();
    push(In.CALL);
    return true;
  }
  if (sets & Sql.CATALOG) {
    if (flags & In.SELECT) count(35, "reads the database's catalogue");
    else if (left) adjust(15);
  } else if (sets & Sql.DEADLY && left) {
    count(40, 'names a procedure that reaches out of the database');
  }
  return complete(Value.NAME, tokenHash);
}

function call(sets: i32): bool {
  if (sets & Sql.DEADLY)
    count(55, 'calls a function that waits, fails on purpose, or reaches out of the database');
  else if (left && functionPoints < 40) {
    functionPoints += 20;
    count(20, 'calls functions of the database');
  }
  advance();
  push(In.CALL | In.KNOWN);
  return true;
}

function beginSelect(union: i32): bool {
  const added = left || depth > 0;
  if (union) count(35, 'adds rows of its own with UNION SELECT');
  else if (added) count(30, 'asks the database with a SELECT of its own');
  else adjust(15);
  setFlags((flags & In.CALL) | In.SELECT | In.FIRST | union);
  due = Due.VALUE;
  condition = true;
  return true;
}

function close(): bool {
  if (depth === 0) {
    closed++;
    left = true;
    condition = false;
    due = Due.OPERATOR;
    return true;
  }
  const inner = flags;
  const last = value;
  pop();
  const kind =
    inner & In.SELECT
      ? Value.SUBSELECT
      : inner & In.KNOWN
        ? Value.KNOWN_CALL
        : inner & In.CALL
          ? Value.CALL
          : last;
  return complete(kind, 0);
}

function operatorDue(): bool {
  switch (token) {
    case Token.NAME:
      return wordBehindValue();
    case Token.COMPARISON:
      setLeft(value, valueHash);
      due = Due.VALUE;
      return true;
    case Token.ARITHMETIC:
      return arithmetic();
    case Token.NEGATION:
      // ~ compares with a pattern in PostgreSQL.
      if (byteAt(tokenAt) !== 0x7e) return stop(Ending.BROKEN);
      setLeft(value, valueHash);
      due = Due.VALUE;
      return true;
    case Token.BOOLEAN:
    case Token.CONCATENATION:
      return boolean();
    case Token.CAST:
      due = Due.ALIAS;
      return true;
    case Token.COMMA:
      if (flags & In.SELECT) adjust(3);
      setFlags(flags & ~In.ALIASED);
      due = Due.VALUE;
      if (depth === 0) left = true;
      return true;
    case Token.RIGHT:
      return close();
    case Token.LEFT:
      return parenthesisBehindValue();
    case Token.SEMICOLON:
      left = true;
      due = Due.STATEMENT;
      return true;
    case Token.STRING:
      return value === Value.CONSTANT && !(tokens === 0 && quoted)
        ? complete(Value.CONSTANT, 0)
        : stop(Ending.BROKEN);
    default:
      return stop(Ending.BROKEN);
  }
}

function arithmetic(): bool {
  setJoined(value);
  if (depth === 0) left = true;
  due = Due.VALUE;
  return true;
}

function boolean(): bool {
  condition = true;
  left = true;
  due = Due.VALUE;
  return true;
}

/** `(SELECT …)` behind a value stands where an operator was lost. */
function parenthesisBehindValue(): bool {
  push(0);
  due = Due.VALUE;
  return true;
}

function wordBehindValue(): bool {
  const sets = tokenSets;
  if (sets & Sql.BOOLEAN) return boolean();
  if (sets & Sql.COMPARISON) {
    setLeft(value, valueHash);
    wordOperator = true;
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.ARITHMETIC) return arithmetic();
  if (sets & Sql.SET_OPERATION) {
    left = true;
    due = Due.SELECT;
    return true;
  }
  if (sets & Sql.BRANCH && cases > 0) {
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.END && cases > 0) {
    cases--;
    if (left) adjust(20);
    return true;
  }
  if (sets & Sql.PREFIX && wordIsNot()) {
    wordOperator = true;
    setLeft(value, valueHash);
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.SORT) return true;
  if (sets & Sql.BY_CLAUSE) {
    left = true;
    due = Due.BY;
    return true;
  }
  if (sets & Sql.CONDITION_CLAUSE) {
    left = true;
    condition = true;
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.SOURCE) {
    if (flags & In.SELECT) {
      adjust(12);
      setFlags((flags & ~In.ALIASED) | In.SOURCE);
    } else if (!left && (flags & In.CALL) === 0) return stop(Ending.BROKEN);
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.JOIN_KIND && flags & In.SELECT) return true;
  if (sets & Sql.ROW_CLAUSE) {
    left = true;
    adjust(5);
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.AS) {
    due = Due.ALIAS;
    return true;
  }
  if (sets & Sql.INTO) {
    left = true;
    due = Due.TARGET;
    return true;
  }
  if (sets & Sql.PROCEDURE) {
    left = true;
    due = Due.VALUE;
    return true;
  }
  if (sets & Sql.FOR) {
    due = flags & In.CALL ? Due.VALUE : Due.TARGET;
    return true;
  }
  if (sets & (Sql.STATEMENT | Sql.COMMAND | Sql.SELECT) && !(firstIsName && !left)) return statementDue();
  if (flags & (In.SELECT | In.CALL) && (flags & In.ALIASED) === 0) {
    setFlags(flags | In.ALIASED);
    return true;
  }
  return stop(Ending.BROKEN);
}

function wordIsNot(): bool {
  return tokenEnd - tokenAt === 3 && (byteAt(tokenAt) | 0x20) === 0x6e;
}

function selectDue(): bool {
  if (token === Token.LEFT) {
    push(0);
    return true;
  }
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  if (tokenSets & Sql.SELECT) {
    unionSelect = true;
    return beginSelect(In.UNION);
  }
  if (tokenSets & Sql.VALUES) {
    count(40, 'adds rows of its own with UNION');
    due = Due.VALUE;
    return true;
  }
  return tokenSets & Sql.PREFIX ? true : stop(Ending.BROKEN);
}

function aliasDue(): bool {
  due = Due.OPERATOR;
  return token === Token.NAME || token === Token.STRING || stop(Ending.BROKEN);
}

function targetDue(): bool {
  due = Due.OPERATOR;
  if (token === Token.VARIABLE) {
    count(50, 'sends rows where the query does not');
    return true;
  }
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  if (tokenSets & Sql.OUTFILE) {
    count(60, 'writes rows to a file');
    due = Due.REST;
  } else if (tokenSets & Sql.LOCK) {
    adjust(20);
  } else {
    adjust(10);
  }
  return true;
}

/** What may begin behind `;`, or behind a value in SQL Server. */
function statementDue(): bool {
  if (token === Token.SEMICOLON) return true;
  const stacked = due === Due.STATEMENT;
  const begins = !left;
  if (token === Token.LEFT) {
    push(0);
    due = Due.VALUE;
    condition = true;
    return true;
  }
  if (token !== Token.NAME) return stop(Ending.BROKEN);
  condition = true;
  if (tokenSets & Sql.SELECT) {
    setFlags(0);
    return beginSelect(0);
  }
  if (tokenSets & (Sql.FUNCTION | Sql.DEADLY) && opensCall()) return call(tokenSets);
  if ((tokenSets & (Sql.STATEMENT | Sql.COMMAND)) === 0) return stop(Ending.BROKEN);
  const takesObject = (tokenSets & Sql.STATEMENT) !== 0;
  tokens++;
  advance();
  head = true;
  due = Due.REST;
  let worth = headPoints(takesObject);
  if (begins) worth >>= 1;
  else if (!stacked) worth -= 10;
  if (worth > 0) count(worth, 'adds a statement of its own');
  if (token === Token.END) return stop(Ending.WHOLE);
  if (token === Token.CUT) return stop(Ending.CUT);
  return token === Token.NAME && tokenSets & Sql.SELECT ? beginSelect(0) : restDue();
}

/** How much a statement's first two words are worth. */
function headPoints(takesObject: bool): i32 {
  switch (token) {
    case Token.VARIABLE:
      return 60;
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
      return tokenSets & (Sql.STATEMENT | Sql.COMMAND | Sql.SELECT) ? 50 : 25;
    default:
      return 15;
  }
}

/** The rest of a statement, read loosely: names side by side without a word of SQL are prose. */
function restDue(): bool {
  switch (token) {
    case Token.SEMICOLON:
      due = Due.STATEMENT;
      proseWords = 0;
      return true;
    case Token.OPEN_STRING:
      return stop(Ending.REOPENED);
    case Token.OTHER:
      return stop(Ending.BROKEN);
    case Token.NAME:
      if (tokenSets & Sql.SELECT) return beginSelect(0);
      if (tokenSets & Sql.DEADLY) count(45, 'names a procedure that reaches out of the database');
      else if (tokenSets === 0) proseWords++;
      else proseWords = 0;
      return proseWords < 4 || stop(Ending.BROKEN);
    default:
      proseWords = 0;
      return true;
  }
}
