// Reads a piece of program text of whatever language, and counts what in it reaches for more than data.
import { byteAt, Is, is, isOfName, lower } from '../../base/bytes';
import { hashByte, hashWord, NO_BYTES } from '../../base/words';
import { Code, codeWord } from '../../build/code-words';

let names: i32 = 0;
let numbers: i32 = 0;
let operators: i32 = 0;
let strings: i32 = 0;
let calls: i32 = 0;
let sinks: i32 = 0;
let inners: i32 = 0;
let javaRoots: i32 = 0;
let javaClasses: i32 = 0;
let news: i32 = 0;
let types: i32 = 0;
let makers: i32 = 0;
let variableCalls: i32 = 0;
let handedSinks: i32 = 0;
let others: i32 = 0;
let firstSets: i32 = 0;

/** Functions that run something, called or handed on by their name. */
export function sinkCount(): i32 {
  return sinks;
}

/** Members by which a value is left for its class and what lies behind it: `__globals__`, `constructor`, `getClass`. */
export function innerCount(): i32 {
  return inners;
}

/** Whether it names a class of Java's that runs, loads or opens something, with its package. */
export function namesJavaClass(): bool {
  return javaRoots > 0 && (javaClasses > 0 || types > 0);
}

/** Whether it names a class in `T(…)` of Spring's expressions. */
export function namesType(): bool {
  return types > 0 && javaRoots > 0;
}

/** Whether it makes a function of a string: `Function("…")`, `constructor("…")`. */
export function makesFunction(): bool {
  return makers > 0;
}

/** Whether it calls what a variable names, and has the name of a function that runs something in a string: `$x='system';$x(…)`. */
export function callsByName(): bool {
  return variableCalls > 0 && handedSinks > 0;
}

export function createsObject(): bool {
  return news > 0;
}

export function callCount(): i32 {
  return calls;
}

/** The sets of the first name. */
export function setsOfFirstName(): i32 {
  return firstSets;
}

/** Whether it only calculates with constants: `7*7`, `7*'7'`. Nobody writes a template for that. */
export function isConstantArithmetic(): bool {
  return names === 0 && others === 0 && operators > 0 && numbers + strings >= 2;
}

/** `__x__` of three letters and more. */
function isDunder(at: usize, end: usize): bool {
  return (
    end - at > 5 &&
    byteAt(at) === 0x5f &&
    byteAt(at + 1) === 0x5f &&
    byteAt(end - 1) === 0x5f &&
    byteAt(end - 2) === 0x5f
  );
}

/** Reads the text from `at` to `end`; the functions above tell what was in it. */
export function readExpression(at: usize, end: usize): void {
  names = 0;
  numbers = 0;
  operators = 0;
  strings = 0;
  calls = 0;
  sinks = 0;
  inners = 0;
  javaRoots = 0;
  javaClasses = 0;
  news = 0;
  types = 0;
  makers = 0;
  variableCalls = 0;
  handedSinks = 0;
  others = 0;
  firstSets = 0;
  let quote = 0;
  while (at < end) {
    const byte = byteAt(at);
    if (is(byte, Is.LETTER | Is.UNDERSCORE)) {
      at = readName(at, end, quote);
      continue;
    }
    if (is(byte, Is.DIGIT)) {
      while (at < end && (isOfName(byteAt(at)) || byteAt(at) === 0x2e)) at++;
      if (quote === 0) numbers++;
      continue;
    }
    if (byte === 0x22 || byte === 0x27) {
      if (quote === byte) quote = 0;
      else if (quote === 0) {
        quote = byte;
        strings++;
      }
    } else if (quote === 0) readSign(byte);
    at++;
  }
}

function readSign(byte: i32): void {
  if (byte === 0x2a || byte === 0x2b || byte === 0x2d || byte === 0x2f || byte === 0x25) operators++;
  else if (!is(byte, Is.SPACE) && byte !== 0x28 && byte !== 0x29 && byte !== 0x2e) others++;
}

function readName(at: usize, end: usize, quote: i32): usize {
  const start = at;
  let hash = NO_BYTES;
  while (at < end && isOfName(byteAt(at))) hash = hashByte(hash, lower(byteAt(at++)));
  const sets = codeWord(hash);
  let next = at;
  while (next < end && is(byteAt(next), Is.SPACE)) next++;
  const after = next < end ? byteAt(next) : 0;
  const isCall = after === 0x28 && next === at;
  const isHandedOn = quote !== 0 && byteAt(start - 1) === quote && after === quote;
  if (quote === 0) {
    if (names === 0) firstSets = sets;
    names++;
    if (isCall) calls++;
    if (isCall) countCall(start, at, hash);
    if (at - start === 3 && hash === NEW && is(byteAt(at), Is.SPACE | Is.CONTROL)) news++;
  }
  // Perl and Ruby call without parentheses: `system 'id'`.
  const isCommand = next > at && (after === 0x22 || after === 0x27);
  if (sets & Code.SINK && (isCall || isHandedOn || isCommand)) sinks++;
  if (sets & Code.STATEMENT && isHandedOn) handedSinks++;
  if ((sets & Code.INNER || isDunder(start, at)) && !(isHandedOn && isListed(start, at))) inners++;
  if (sets & Code.JAVA_ROOT && after === 0x2e) javaRoots++;
  if (sets & Code.JAVA_CLASS && byteAt(start - 1) === 0x2e) javaClasses++;
  return at;
}

/** What is called without being a function of the list. `at`: the parenthesis. */
function countCall(start: usize, at: usize, hash: u32): void {
  const quote = byteAt(at + 1);
  const isOfString = quote === 0x22 || quote === 0x27 || quote === 0x60;
  if (isOfString && (hash === CONSTRUCTOR || (hash === FUNCTION && byteAt(start) === 0x46))) makers++;
  if (at - start === 1 && byteAt(start) === 0x54) types++;
  if (byteAt(start - 1) === 0x24) variableCalls++;
}

/** Whether the quoted name is one item of a list, as programs have them that look out for such names: `["__proto__", "constructor"]`. */
function isListed(start: usize, end: usize): bool {
  const before = byteAt(start - 2);
  const after = byteAt(end + 1);
  return before === 0x20 || before === 0x2c
    ? after === 0x2c || after === 0x5d
    : before === 0x5b && after === 0x2c;
}

const NEW: u32 = hashWord('new');
const FUNCTION: u32 = hashWord('function');
const CONSTRUCTOR: u32 = hashWord('constructor');
