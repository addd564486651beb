// A first pass over an event, which finds the fields that say what it is and where its records stand. Nothing is decoded and
// nothing judged. Text that is no JSON has none of them.
import { byteAt, Is, is, lower, skip, startsExactly } from '../base/bytes';
import { hashByte, hashWord, NO_BYTES } from '../base/words';
import { fieldsWord } from '../build/fields-words';
import { resetFields, setField } from './fields';
import { addRecord } from './records';

/** The deepest field that is looked for: `requestContext.authorizer.jwt.claims.sub`. */
const DEEPEST: i32 = 5;

let at: usize = 0;
let end: usize = 0;
/** The hash of `records[]`: the elements' own fields count as those of one. */
const RECORDS: u32 = hashWord('records[]');

/** Skims the event from `from` to `to`. */
export function skimEvent(from: usize, to: usize): void {
  at = skip(from, to, Is.SPACE);
  end = to;
  if (at < end && byteAt(at) === 0x7b) skimObject(NO_BYTES, 0);
}

/** Skims one record again, for its own fields instead of the first one's. */
export function skimRecord(from: usize, to: usize): void {
  resetFields();
  at = from;
  end = to;
  if (byteAt(at) === 0x7b) skimObject(RECORDS, 1);
}

/** Where the elements of the outermost member with this name begin, if it is an array; 0 where there is none. */
export function findList(from: usize, to: usize, name: string): usize {
  at = skip(from, to, Is.SPACE);
  end = to;
  if (at >= end || byteAt(at) !== 0x7b) return 0;
  at++;
  while (true) {
    const key = skip(at, end, Is.SPACE) + 1;
    const value = skipKey();
    if (!value) return 0;
    if (byteAt(value) === 0x5b && startsExactly(key, end, name) && byteAt(key + name.length) === 0x22)
      return value + 1;
    skipValue();
    at = skip(at, end, Is.SPACE);
    if (at >= end || byteAt(at) !== 0x2c) return 0;
    at++;
  }
}

/** Behind the value that begins at `from`, however deep it is; nothing is checked. */
export function endOfValue(from: usize, to: usize): usize {
  at = from;
  end = to;
  skipValue();
  return at;
}

function skimObject(path: u32, depth: i32): void {
  at++;
  while (true) {
    at = skip(at, end, Is.SPACE);
    const key = at + 1;
    if (!skipKey()) break;
    let hash = depth === 0 ? path : hashByte(path, 0x2e);
    for (let i = key; byteAt(i) !== 0x22; i++) hash = hashByte(hash, lower(byteAt(i)));
    skimMember(hash, depth);
    at = skip(at, end, Is.SPACE);
    if (at >= end || byteAt(at) !== 0x2c) break;
    at++;
  }
  if (at < end) at++;
}

function skimMember(path: u32, depth: i32): void {
  const start = at;
  const first = byteAt(at);
  if (first === 0x7b && depth < DEEPEST) skimObject(path, depth + 1);
  else if (first === 0x5b && depth === 0 && hashWord('[]', path) === RECORDS) skimRecords();
  else skipValue();
  const field = fieldsWord(path);
  if (field === 0) return;
  if (first === 0x22) setField(field, start + 1, at - 1);
  else setField(field, start, at);
}

function skimRecords(): void {
  at++;
  while (true) {
    at = skip(at, end, Is.SPACE);
    if (at >= end || byteAt(at) === 0x5d) break;
    const start = at;
    if (byteAt(at) === 0x7b) skimObject(RECORDS, 1);
    else skipValue();
    if (at === start) return;
    addRecord(start, at);
    at = skip(at, end, Is.SPACE);
    if (at >= end || byteAt(at) !== 0x2c) break;
    at++;
  }
  if (at < end) at++;
}

/** Goes on to the value of the member that begins here. Where it begins; 0 where there is no member. */
function skipKey(): usize {
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== 0x22) return 0;
  skipString();
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== 0x3a) return 0;
  at = skip(at + 1, end, Is.SPACE);
  return at < end ? at : 0;
}

/** Behind the string that begins here. */
function skipString(): void {
  for (at++; at < end; at++) {
    const byte = byteAt(at);
    if (byte === 0x22) break;
    if (byte === 0x5c) at++;
  }
  at = min(at + 1, end);
}

/** Behind the value that begins here, however deep it is. */
function skipValue(): void {
  let depth = 0;
  while (at < end) {
    const byte = byteAt(at);
    if (byte === 0x22) skipString();
    else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      at++;
    } else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return;
      depth--;
      at++;
    } else if (depth === 0 && (byte === 0x2c || is(byte, Is.SPACE))) return;
    else {
      at++;
      continue;
    }
    if (depth === 0) return;
  }
}
