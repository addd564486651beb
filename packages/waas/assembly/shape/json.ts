// Follows a JSON text along its shape. What the shape says nothing of is passed over.
import { byteAt, Is, is, skip } from '../base/bytes';
import { mark, release } from '../base/memory';
import { endOfValue } from '../event/skim';
import { enterElement, enterMember, leaveTo, pathMark } from '../field';
import { endOfString, readString } from '../walk/json-string';
import { checkCount, closeMembers, itemsOf, noteMember, openMembers } from './members';
import { checkScalar, checkString } from './scalars';
import { fitsAll, NONE, Type, typesOf } from './tables';
import { hasToldEnough, tell, tellType } from './tell';

/** Deeper than the shapes of any policy; what lies deeper is passed over. */
const DEEPEST: i32 = 32;

let at: usize = 0;
let end: usize = 0;

/** Checks the JSON text from `from` to `to`. That it is none is told, as far as the shape looks. */
export function checkJson(node: i32, from: usize, to: usize): void {
  at = from;
  end = to;
  if (!checkValue(node, 0) && !hasToldEnough()) tell('is not JSON, as is expected', from, to);
  else if (!hasToldEnough() && skip(at, end, Is.SPACE) < end) tell('has something behind its JSON', at, end);
}

/** Checks the value that begins here, and goes behind it. False where none does, and when enough was told. */
function checkValue(node: i32, depth: i32): bool {
  at = skip(at, end, Is.SPACE);
  if (at >= end || hasToldEnough()) return false;
  if (node === NONE || depth === DEEPEST || fitsAll(node)) return passOver();
  const first = byteAt(at);
  if (first === 0x7b) return checkObject(node, depth);
  if (first === 0x5b) return checkArray(node, depth);
  if (first === 0x22) return checkStringHere(node);
  const start = at;
  while (at < end && isOfScalar(byteAt(at))) at++;
  return checkScalar(node, start, at);
}

function isOfScalar(byte: i32): bool {
  return is(byte, Is.LETTER | Is.DIGIT) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}

function passOver(): bool {
  const start = at;
  at = endOfValue(at, end);
  return at > start;
}

function checkStringHere(node: i32): bool {
  const text = mark();
  const textEnd = readString(at, end);
  if (!textEnd) return false;
  at = endOfString();
  checkString(node, text, textEnd);
  release(text);
  return true;
}

/** Goes behind the object or array that begins here. Where it does not fit, that is told instead of what is in it. */
function passOverMisfit(node: i32, found: string): bool {
  const start = at;
  if (!passOver()) return false;
  tellType(node, found, start, at);
  return true;
}

function checkObject(node: i32, depth: i32): bool {
  if (!(typesOf(node) & Type.OBJECT)) return passOverMisfit(node, 'an object');
  const before = mark();
  const frame = openMembers(node);
  if (!frame) return passOver();
  const outer = pathMark();
  at++;
  if (!closes(0x7d)) {
    do {
      const member = readMember(frame);
      if (member < 0 || !checkValue(member, depth + 1)) return false;
      leaveTo(outer);
    } while (goesOn());
    if (!closes(0x7d)) return false;
  }
  closeMembers(frame, at);
  release(before);
  return true;
}

/** Reads the name that stands here, and enters the member. The node for its value; -1 where no member begins. */
function readMember(frame: usize): i32 {
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== 0x22) return -1;
  const name = mark();
  const nameEnd = readString(at, end);
  if (!nameEnd) return -1;
  at = skip(endOfString(), end, Is.SPACE);
  if (at >= end || byteAt(at) !== 0x3a) return -1;
  at++;
  enterMember(name, nameEnd);
  const node = noteMember(frame, name, nameEnd, false);
  release(name);
  return node;
}

function checkArray(node: i32, depth: i32): bool {
  if (!(typesOf(node) & Type.ARRAY)) return passOverMisfit(node, 'an array');
  const items = itemsOf(node);
  if (items === NONE) return passOver();
  const start = at;
  const outer = pathMark();
  let count = 0;
  at++;
  if (!closes(0x5d)) {
    do {
      enterElement(count++);
      if (!checkValue(items, depth + 1)) return false;
      leaveTo(outer);
    } while (goesOn());
    if (!closes(0x5d)) return false;
  }
  checkCount(node, count, start, at);
  return true;
}

/** Whether the object or array ends here; goes behind it then. */
function closes(byte: i32): bool {
  at = skip(at, end, Is.SPACE);
  if (at >= end || byteAt(at) !== byte) return false;
  at++;
  return true;
}

/** Whether a comma stands here; goes behind it then. */
function goesOn(): bool {
  return closes(0x2c);
}
