// Says what does not fit, in words: what is there, and what was expected.
import { mark, release } from '../base/memory';
import { beginText as beginReason, put, putNumber, putWords, textEnd, textStart } from '../base/writer';
import { Class } from '../classes';
import { beginField, beginText, endField, MAX_REASON, MAX_VERDICTS, reportWritten } from '../verdicts';
import { Type, typesOf } from './tables';

const CONFIDENCE: i32 = 95;

let left: i32 = 0;

/** A new event: as much is told as verdicts are kept. */
export function beginTelling(): void {
  left = MAX_VERDICTS;
}

/** Whether so much was told that nothing more is looked for. */
export function hasToldEnough(): bool {
  return left === 0;
}

/** Tells the reason that was just written of the value from `at` to `end`. */
function tellWritten(at: usize, end: usize): void {
  const outer = beginField();
  beginText(at, end);
  if (reportWritten(Class.SHAPE, CONFIDENCE, textStart(), textEnd(), at, end) && left > 0) left--;
  endField(outer);
}

/** `reason` completes "the value …". */
export function tell(reason: string, at: usize, end: usize): void {
  const before = mark();
  beginReason(MAX_REASON);
  putWords(reason);
  tellWritten(at, end);
  release(before);
}

function typeName(type: Type): string {
  switch (type) {
    case Type.NULL:
      return 'null';
    case Type.BOOLEAN:
      return 'a boolean';
    case Type.INTEGER:
      return 'an integer';
    case Type.NUMBER:
      return 'a number';
    case Type.STRING:
      return 'a string';
    case Type.ARRAY:
      return 'an array';
    default:
      return 'an object';
  }
}

/** `is a string; an integer or null is expected` */
export function tellType(node: i32, found: string, at: usize, end: usize): void {
  const before = mark();
  beginReason(MAX_REASON);
  putWords('is ');
  putWords(found);
  putWords('; ');
  const types = typesOf(node);
  let first = true;
  for (let type = <i32>Type.OBJECT; type > 0; type >>= 1) {
    if (!(types & type)) continue;
    if (!first) putWords(' or ');
    putWords(typeName(type));
    first = false;
  }
  putWords(first ? 'nothing is expected' : ' is expected');
  tellWritten(at, end);
  release(before);
}

/** `is a string of 5000 characters; at most 40 are expected` */
export function tellCount(
  what: string,
  count: i32,
  units: string,
  least: u32,
  most: u32,
  at: usize,
  end: usize,
): void {
  const before = mark();
  beginReason(MAX_REASON);
  putWords(what);
  putNumber(count);
  putWords(units);
  const few = <u32>count < least;
  putWords(few ? '; at least ' : '; at most ');
  putNumber(few ? least : most);
  putWords(' are expected');
  tellWritten(at, end);
  release(before);
}

/** Up to here integers are exact. */
const EXACT: f64 = 9007199254740992;

/** `is greater than 100, the most that is expected` */
export function tellRange(value: f64, least: f64, most: f64, at: usize, end: usize): void {
  const before = mark();
  beginReason(MAX_REASON);
  const limit = value < least ? least : most;
  putWords(value < least ? 'is less than ' : 'is greater than ');
  if (Math.floor(limit) === limit && Math.abs(limit) < EXACT) {
    if (limit < 0) put(0x2d);
    putInteger(<u64>Math.abs(limit));
  } else putWords('the limit');
  putWords(value < least ? ', the least that is expected' : ', the most that is expected');
  tellWritten(at, end);
  release(before);
}

function putInteger(value: u64): void {
  if (value >= 10) putInteger(value / 10);
  put(<i32>(0x30 + (value % 10)));
}
