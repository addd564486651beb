// Single values: those of JSON, and those that forms, queries and headers write as text.
import { byteAt, Is, is, startsExactly } from '../base/bytes';
import { sequenceAt } from '../base/utf8';
import { formatReason, hasFormat } from './formats';
import { numberRead, readNumber } from './numbers';
import { findEntry, findText, fitsAll, Part, partOf, Type, typesOf } from './tables';
import { tell, tellCount, tellRange, tellType } from './tell';

/** Checks a string of JSON, decoded. */
export function checkString(node: i32, at: usize, end: usize): void {
  if (typesOf(node) & Type.STRING) checkCharacters(node, at, end);
  else tellType(node, 'a string', at, end);
}

/** Checks what JSON writes without quotes. False where that is none of it. */
export function checkScalar(node: i32, at: usize, end: usize): bool {
  const types = typesOf(node);
  if (isWord(at, end, 'null')) {
    if (!(types & Type.NULL)) tellType(node, 'null', at, end);
  } else if (isBoolean(at, end)) {
    if (!(types & Type.BOOLEAN)) tellType(node, 'a boolean', at, end);
  } else {
    if (!readNumber(at, end)) return false;
    if (!isNumberOf(types)) tellType(node, 'a number', at, end);
    else checkNumber(node, at, end);
  }
  return true;
}

/** Checks a value that is written as text: `5` may be an integer or a string. */
export function checkText(node: i32, at: usize, end: usize): void {
  if (fitsAll(node)) return;
  const types = typesOf(node);
  if (types & Type.BOOLEAN && isBoolean(at, end)) return;
  if (readNumber(at, end) && isNumberOf(types)) {
    if (!(types & Type.STRING)) checkNumber(node, at, end);
    else if (!isInRange(node) || !isListed(node)) checkCharacters(node, at, end);
  } else if (types & Type.STRING) checkCharacters(node, at, end);
  else tellType(node, 'a text', at, end);
}

function isWord(at: usize, end: usize, word: string): bool {
  return end - at === <usize>word.length && startsExactly(at, end, word);
}

function isBoolean(at: usize, end: usize): bool {
  return isWord(at, end, 'true') || isWord(at, end, 'false');
}

/** Whether the number read last is of one of the types. */
function isNumberOf(types: i32): bool {
  return (
    (types & Type.NUMBER) !== 0 || ((types & Type.INTEGER) !== 0 && Math.floor(numberRead()) === numberRead())
  );
}

function isInRange(node: i32): bool {
  const range = partOf(node, Part.RANGE);
  return !range || (numberRead() >= load<f64>(range) && numberRead() <= load<f64>(range, 8));
}

/** Whether the number read last is one of those that the node lists, if it does. */
function isListed(node: i32): bool {
  const list = partOf(node, Part.NUMBERS);
  if (!list) return true;
  let low = 0;
  let high = <i32>load<u16>(list) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const listed = load<f64>(list + 2 + ((<usize>middle) << 3));
    if (listed === numberRead()) return true;
    if (numberRead() < listed) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}

const NOT_LISTED = 'is none of the values that are expected';

function checkNumber(node: i32, at: usize, end: usize): void {
  const range = partOf(node, Part.RANGE);
  if (!isInRange(node)) tellRange(numberRead(), load<f64>(range), load<f64>(range, 8), at, end);
  else if (!isListed(node)) tell(NOT_LISTED, at, end);
}

function checkCharacters(node: i32, at: usize, end: usize): void {
  const texts = partOf(node, Part.TEXTS);
  if (texts && findEntry(texts, 2, findText(at, end)) < 0) {
    tell(NOT_LISTED, at, end);
    return;
  }
  const lengths = partOf(node, Part.LENGTHS);
  if (lengths) {
    const length = lengthOf(at, end);
    const least = load<u32>(lengths);
    const most = load<u32>(lengths, 4);
    if (<u32>length < least || <u32>length > most) {
      tellCount('is a string of ', length, ' characters', least, most, at, end);
      return;
    }
  }
  const format = partOf(node, Part.FORMAT);
  if (format && !hasFormat(byteAt(format), at, end)) tell(formatReason(byteAt(format)), at, end);
}

/** How many characters the text has; a byte that is of none counts as one. */
function lengthOf(at: usize, end: usize): i32 {
  let length = 0;
  while (at < end) {
    at += is(byteAt(at), Is.HIGH) ? <usize>max(sequenceAt(at, end), 1) : 1;
    length++;
  }
  return length;
}
