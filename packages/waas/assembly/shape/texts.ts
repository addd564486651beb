// Named values that are written as text: query strings, forms, cookies, headers, path parameters.
import { byteAt, find, hexNumber, Is, lower, skip } from '../base/bytes';
import { mark, release, reserve } from '../base/memory';
import { endOfValue } from '../event/skim';
import { enterElement, enterMember, leaveTo, pathMark } from '../field';
import { endOfString, readString } from '../walk/json-string';
import { itemsOf, noteMember } from './members';
import { checkText } from './scalars';
import { NONE, Type, typesOf } from './tables';

/** Checks one value of the member with this name, at whose path we are. */
function checkValue(frame: usize, name: usize, nameEnd: usize, at: usize, end: usize): void {
  let node = noteMember(frame, name, nameEnd, true);
  // Where it may be an element as well as a value of its own, it is not known which.
  if (node !== NONE && typesOf(node) & Type.ARRAY && typesOf(node) !== Type.ANY)
    node = typesOf(node) & Type.SCALAR ? NONE : itemsOf(node);
  if (node !== NONE) checkText(node, at, end);
}

/** Checks one value of the member with this name. */
export function checkNamed(frame: usize, name: usize, nameEnd: usize, at: usize, end: usize): void {
  const outer = pathMark();
  enterMember(name, nameEnd);
  checkValue(frame, name, nameEnd, at, end);
  leaveTo(outer);
}

/** Checks the pairs `name=value` of a query string or a form. */
export function checkPairs(frame: usize, at: usize, end: usize): void {
  splitPairs(frame, at, end, 0x26);
}

/** Checks the pairs of a `Cookie` header. */
export function checkCookies(frame: usize, at: usize, end: usize): void {
  splitPairs(frame, at, end, 0x3b);
}

function splitPairs(frame: usize, at: usize, end: usize, separator: i32): void {
  while (at < end) {
    at = skip(at, end, Is.SPACE);
    const stop = find(at, end, separator);
    if (stop > at) {
      const equals = find(at, stop, 0x3d);
      const name = mark();
      const nameEnd = decode(at, equals, separator === 0x26);
      const value = mark();
      const valueEnd = decode(min(equals + 1, stop), stop, separator === 0x26);
      checkNamed(frame, name, nameEnd, value, valueEnd);
      release(name);
    }
    at = stop + 1;
  }
}

/** Decodes `%41`, and `+` for a space, into newly reserved memory. Its end. */
export function decode(at: usize, end: usize, takesPlus: bool): usize {
  let to = reserve(<i32>(end - at));
  while (at < end) {
    const byte = byteAt(at);
    const escaped = byte === 0x25 ? hexNumber(at + 1, end, 2) : -1;
    store<u8>(to++, escaped >= 0 ? escaped : byte === 0x2b && takesPlus ? 0x20 : byte);
    at += escaped >= 0 ? 3 : 1;
  }
  return to;
}

/** What the values of an event's own object are, beside what they say. */
export enum Named {
  PLAIN,
  /** Percent-encoded, names too. */
  ENCODED,
  /** Names are the same in either case. */
  HEADERS,
}

/** Where the text that `readText` read begins. */
let textAt: usize = 0;

/** Reads the JSON string at `at`. Its end; 0 where it is none. */
function readText(at: usize, end: usize, encoded: bool): usize {
  textAt = mark();
  const textEnd = readString(at, end);
  if (!textEnd || !encoded) return textEnd;
  const encodedAt = textAt;
  textAt = mark();
  return decode(encodedAt, textEnd, true);
}

/** Checks an object of the event: texts, and lists of texts. */
export function checkObject(frame: usize, at: usize, end: usize, named: Named): void {
  const outer = pathMark();
  at = skip(at + 1, end, Is.SPACE);
  while (at < end && byteAt(at) === 0x22) {
    const before = mark();
    const nameEnd = readText(at, end, named === Named.ENCODED);
    if (!nameEnd) return;
    const name = textAt;
    at = skip(skip(endOfString(), end, Is.SPACE) + 1, end, Is.SPACE);
    enterMember(name, nameEnd);
    if (named === Named.HEADERS) for (let i = name; i < nameEnd; i++) store<u8>(i, lower(byteAt(i)));
    at = checkMember(frame, name, nameEnd, at, end, named === Named.ENCODED);
    leaveTo(outer);
    release(before);
    at = skip(at, end, Is.SPACE);
    if (at >= end || byteAt(at) !== 0x2c) return;
    at = skip(at + 1, end, Is.SPACE);
  }
}

/** Checks the text or the list of texts at `at`. Behind it. */
function checkMember(frame: usize, name: usize, nameEnd: usize, at: usize, end: usize, encoded: bool): usize {
  const isList = byteAt(at) === 0x5b;
  let element = isList ? skip(at + 1, end, Is.SPACE) : at;
  const outer = pathMark();
  for (let index = 0; element < end && byteAt(element) === 0x22; index++) {
    const before = mark();
    const textEnd = readText(element, end, encoded);
    if (!textEnd) break;
    element = skip(endOfString(), end, Is.SPACE);
    if (isList) enterElement(index);
    checkValue(frame, name, nameEnd, textAt, textEnd);
    leaveTo(outer);
    release(before);
    if (!isList || element >= end || byteAt(element) !== 0x2c) break;
    element = skip(element + 1, end, Is.SPACE);
  }
  return endOfValue(at, end);
}
