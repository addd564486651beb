// Walks a JSON text to any depth and has each key and each string judged. Of a level it remembers one bit, so that depth
// costs next to nothing; of the outer ones also where they are, for the path.
import { byteAt, Is, is, skip } from '../base/bytes';
import { mark, release, reserve } from '../base/memory';
import { Class } from '../classes';
import { MOST_DEPTH } from '../detect/malformed/limits';
import { watchesMalformed } from '../detect/malformed/malformed';
import { beginMembers, membersMask, membersTable, noteMember, useMembers } from '../detect/malformed/members';
import { detectScalar } from '../detect/malformed/scalar';
import { enterElement, enterMember, leaveTo, pathMark, popStep, pushStep, Step, setPlace } from '../field';
import { judgeField } from '../judge';
import { beginText, report } from '../verdicts';
import { endOfString, readString } from './json-string';

/** Levels whose place is remembered; what lies deeper has the path of the last of them. */
const TOLD: i32 = 64;

const OBJECT: i32 = 0x7d;
const ARRAY: i32 = 0x5d;

// The walk that is going on. A string may hold JSON itself: `walkJson` puts these aside meanwhile.
let at: usize = 0;
let end: usize = 0;
let depth: i32 = 0;
/** One bit a level: set for arrays. */
let kinds: usize = 0;
/** For the outer levels: the number of the element, how long the path was outside, and the object's number. */
let places: usize = 0;
const PLACE: i32 = 12;
let start: usize = 0;
let objects: i32 = 0;

/** Whether the text may be a JSON object or array: its first and last bytes say so. */
export function looksLikeJson(from: usize, to: usize): bool {
  from = skip(from, to, Is.SPACE);
  while (to > from && is(byteAt(to - 1), Is.SPACE)) to--;
  if (to - from < 2) return false;
  const first = byteAt(from);
  return byteAt(to - 1) === (first === 0x7b ? OBJECT : first === 0x5b ? ARRAY : -1);
}

/** Judges all that the JSON text holds. False where it is no JSON text; what stands before the fault has been judged then. */
export function walkJson(from: usize, to: usize): bool {
  const outer = pathMark();
  const before = mark();
  const outerAt = at;
  const outerEnd = end;
  const outerDepth = depth;
  const outerKinds = kinds;
  const outerPlaces = places;
  const outerStart = start;
  const outerObjects = objects;
  const outerMembers = membersTable();
  const outerMask = membersMask();
  at = from;
  start = from;
  end = to;
  depth = 0;
  objects = 0;
  kinds = reserve((<i32>(to - from) >> 3) + 1);
  places = reserve(TOLD * PLACE);
  beginMembers(<i32>(to - from));
  const valid = walk();
  at = outerAt;
  end = outerEnd;
  depth = outerDepth;
  kinds = outerKinds;
  places = outerPlaces;
  start = outerStart;
  objects = outerObjects;
  useMembers(outerMembers, outerMask);
  release(before);
  leaveTo(outer);
  return valid;
}

function walk(): bool {
  while (true) {
    at = skip(at, end, Is.SPACE);
    if (at >= end) return false;
    const first = byteAt(at);
    if (first === 0x7b || first === 0x5b) {
      open(first + 2);
      if (!closes()) {
        if (!enter(0)) return false;
        continue;
      }
    } else if (!(first === 0x22 ? judgeString() : skipScalar())) return false;
    // Behind a value: leave the levels that end here, and go on to the next member or element.
    while (true) {
      if (depth === 0) return skip(at, end, Is.SPACE) === end;
      if (closes()) continue;
      if (at >= end || byteAt(at) !== 0x2c) return false;
      at++;
      if (!enter(1)) return false;
      break;
    }
  }
}

function open(closing: i32): void {
  at++;
  const byte = kinds + (depth >> 3);
  const bit = 1 << (depth & 7);
  store<u8>(byte, closing === ARRAY ? load<u8>(byte) | bit : load<u8>(byte) & ~bit);
  if (depth < TOLD) {
    store<i32>(places + depth * PLACE, 0);
    store<i32>(places + depth * PLACE, pathMark(), 4);
    store<i32>(places + depth * PLACE, ++objects, 8);
  }
  if (++depth === MOST_DEPTH + 1 && watchesMalformed()) reportDepth();
}

function reportDepth(): void {
  beginText(start, end);
  report(Class.MALFORMED, 75, 'is nested deeper than parsers follow', at - 1, at);
}

function closing(): i32 {
  return load<u8>(kinds + ((depth - 1) >> 3)) & (1 << ((depth - 1) & 7)) ? ARRAY : OBJECT;
}

/** Whether the innermost level ends here; it is left then. */
function closes(): bool {
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== closing()) return false;
  at++;
  depth--;
  return true;
}

/** Goes on to the level's next member or element, `step` further. False where there is none. */
function enter(step: i32): bool {
  const place = places + (depth - 1) * PLACE;
  const told = depth <= TOLD;
  if (told) leaveTo(load<i32>(place, 4));
  if (closing() === OBJECT) return judgeKey(told);
  if (told) {
    store<i32>(place, load<i32>(place) + step);
    enterElement(load<i32>(place));
  }
  return true;
}

function judgeKey(told: bool): bool {
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== 0x22) return false;
  setPlace(at);
  const key = mark();
  const keyEnd = readString(at, end);
  if (!keyEnd) return false;
  at = skip(endOfString(), end, Is.SPACE);
  if (told) enterMember(key, keyEnd);
  if (pushStep(Step.KEY)) {
    judgeField(key, keyEnd);
    popStep();
  }
  if (at >= end || byteAt(at) !== 0x3a) {
    release(key);
    return false;
  }
  at++;
  if (told) noteMember(load<i32>(places + (depth - 1) * PLACE, 8), key, keyEnd, start, at, end);
  release(key);
  return true;
}

function judgeString(): bool {
  setPlace(at);
  const text = mark();
  const textEnd = readString(at, end);
  if (!textEnd) return false;
  at = endOfString();
  judgeField(text, textEnd);
  release(text);
  return true;
}

/** A number, `true`, `false`, `null`, and what lenient parsers take besides (`NaN`). */
function skipScalar(): bool {
  const first = at;
  while (at < end && isOfScalar(byteAt(at))) at++;
  if (at === first) return false;
  if (watchesMalformed()) detectScalar(start, first, at);
  return true;
}

function isOfScalar(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}
