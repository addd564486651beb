// What the grammar knows of the text while it reads it.
import { resetEvidence } from './evidence';
import { resetFrames } from './frames';
import { startLexer } from './lexer';

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

/** What may come next. */
export enum Due {
  /** A value, or what follows one: the text's first token. */
  ANY,
  VALUE,
  /** What stands behind a value. */
  OPERATOR,
  /** SELECT, behind UNION. */
  SELECT,
  /** BY, behind ORDER. */
  BY,
  ALIAS,
  STATEMENT,
  /** What INTO or FOR names. */
  TARGET,
  /** The rest of a statement whose head was read. */
  REST,
}

/** What a value is made of; the more it says, the higher. */
export enum Value {
  NONE,
  /** A string that is more than a word, or the one before the quote that the text closes. */
  TEXT,
  CONSTANT,
  NAME,
  CALL,
  KNOWN_CALL,
  SUBSELECT,
  VARIABLE,
}

// biome-ignore lint/complexity/noStaticOnlyClass: variables that several files set; an import cannot be assigned
export class Reading {
  static due: Due = Due.ANY;
  static ending: Ending = Ending.WHOLE;
  /** The current token is read again, as what is due now. */
  static again: bool = false;
  /** Tokens that were read as SQL. */
  static tokens: i32 = 0;
  /** The text stands behind a quote that it closes. */
  static quoted: bool = false;
  /** The text goes beyond the value that it should be. */
  static left: bool = false;
  /** A condition is due: behind AND, OR, WHERE, CASE WHEN. */
  static condition: bool = false;
  /** A condition begins with the next value. */
  static fresh: bool = false;
  /** Conditions that compare nothing: OR 1, AND name. */
  static plainConditions: i32 = 0;
  /** The last value is such a condition, if nothing compares it. */
  static plain: bool = false;
  /** The text uses AND, OR, or their signs. */
  static connected: bool = false;
  /** The text begins with what stands behind a value. */
  static continues: bool = false;
  /** The text begins with a statement, or with a name and a statement. */
  static begun: bool = false;
  /** The text begins with a name. */
  static named: bool = false;
  /** The text begins with a name and a comparison, as an assignment does. */
  static assigned: bool = false;
  /** A comma stands outside of parentheses. */
  static listed: bool = false;
  /** Values are joined in a way that prose has not. */
  static combined: bool = false;
  /** A SELECT asks for columns by name, or for all of them. */
  static ordinary: bool = false;
  /** A UNION SELECT was read. */
  static unionSelect: bool = false;
  /** Closing parentheses that the text does not open. */
  static closed: i32 = 0;
  /** The last value. */
  static value: Value = Value.NONE;
  static valueHash: u32 = 0;
  /** CASEs that are open. */
  static cases: i32 = 0;
  /** Behind ORDER BY or GROUP BY. */
  static sorting: bool = false;
  /** Behind a comparison that is a word, of which some are two: NOT LIKE, IS NOT. */
  static wordOperator: bool = false;
  /** Names side by side in the rest of a statement. */
  static proseWords: i32 = 0;
  /** Points given for functions, and for hexadecimal literals. */
  static functionPoints: i32 = 0;
  static hexPoints: i32 = 0;
  static conditionPoints: i32 = 0;
  static knownPoints: i32 = 0;
  static headPoints: i32 = 0;
}

/** Begins to read at `at`. `runs`: a run of quotes counts as one. */
export function beginReading(at: usize, end: usize, runs: bool): void {
  startLexer(at, end, runs);
  resetEvidence();
  resetFrames();
  Reading.due = Due.ANY;
  Reading.ending = Ending.WHOLE;
  Reading.again = false;
  Reading.tokens = 0;
  Reading.quoted = false;
  Reading.left = false;
  Reading.condition = false;
  Reading.plainConditions = 0;
  Reading.plain = false;
  Reading.fresh = false;
  Reading.connected = false;
  Reading.continues = false;
  Reading.begun = false;
  Reading.named = false;
  Reading.assigned = false;
  Reading.listed = false;
  Reading.combined = false;
  Reading.ordinary = false;
  Reading.unionSelect = false;
  Reading.closed = 0;
  Reading.value = Value.NONE;
  Reading.valueHash = 0;
  Reading.cases = 0;
  Reading.sorting = false;
  Reading.wordOperator = false;
  Reading.proseWords = 0;
  Reading.functionPoints = 0;
  Reading.hexPoints = 0;
  Reading.conditionPoints = 0;
  Reading.knownPoints = 0;
  Reading.headPoints = 0;
}

/** Notes what comes next; true: the text is read on. */
export function expect(due: Due): bool {
  Reading.due = due;
  return true;
}

/** Notes how the text ends; false: it is not read on. */
export function stop(ending: Ending): bool {
  Reading.ending = ending;
  return false;
}
