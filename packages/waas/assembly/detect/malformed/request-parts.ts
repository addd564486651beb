// Headers, cookies, query and address: too many, too long, or at odds with one another.
import { byteAt, Is, skip } from '../../base/bytes';
import { hashOf } from '../../base/words';
import { Request, requestWord } from '../../build/request-words';
import { Class } from '../../classes';
import { isFormBody } from '../../event/request';
import { currentPath, decodings, isKey, lastMember, pathEnd, pathMark } from '../../field';
import { report } from '../../verdicts';
import {
  LONGEST_ADDRESS,
  LONGEST_HEADER,
  LONGEST_HEADER_NAME,
  MOST_COOKIES,
  MOST_HEADERS,
  MOST_PARAMETERS,
} from './limits';

/** The outermost member that was judged last, and how many names or elements it has had. */
let last: u32 = 0;
let count: i32 = 0;
let hasLength: bool = false;
let hasTransfer: bool = false;

export function resetRequestParts(): void {
  last = 0;
  hasLength = false;
  hasTransfer = false;
}

/** The path's outermost member. */
function outermost(): u32 {
  let end = currentPath();
  while (end < pathEnd() && byteAt(end) !== 0x2e && byteAt(end) !== 0x5b) end++;
  return hashOf(currentPath(), end);
}

/** Whether the text that is judged is a header's value. */
export function isHeader(): bool {
  return (requestWord(outermost()) & Request.HEADERS) !== 0;
}

/** Judges a part of the request, if the text is one as it stands in the event. */
export function detectRequestPart(at: usize, end: usize): void {
  if (decodings() > 1 || (decodings() === 1 && !isKey())) return;
  const name = outermost();
  const part = requestWord(name);
  if (part === 0) return;
  if (name !== last) count = 0;
  last = name;
  if (part & Request.COOKIES || isKey()) count++;
  if (part & Request.ADDRESS)
    limit(<i32>(end - at), LONGEST_ADDRESS, 'is longer than addresses are', at, end);
  else if (part & Request.COOKIES)
    limit(count, MOST_COOKIES, 'is one of more cookies than browsers keep', at, end);
  else if (part & Request.PARAMETERS)
    limit(count, MOST_PARAMETERS, 'is one of more parameters than servers take', at, end);
  else if (part & Request.HEADERS && isKey()) detectHeaderName(at, end);
  else if (part & Request.HEADERS) detectHeader(at, end);
}

/** Judges how many pairs stand in a form or a query. */
export function detectPairs(pairs: i32, at: usize, end: usize): void {
  if (isFormBody() || (decodings() === 1 && requestWord(outermost()) & Request.ADDRESS))
    limit(pairs, MOST_PARAMETERS, 'has more fields than servers take', at, end);
}

function limit(value: i32, most: i32, reason: string, at: usize, end: usize): void {
  if (value > most) report(Class.MALFORMED, 80, reason, at, end);
}

function detectHeaderName(at: usize, end: usize): void {
  limit(<i32>(end - at), LONGEST_HEADER_NAME, 'is longer than names of headers are', at, end);
  limit(count, MOST_HEADERS, 'is one of more headers than servers take', at, end);
}

function detectHeader(at: usize, end: usize): void {
  limit(<i32>(end - at), LONGEST_HEADER, 'is longer than headers are', at, end);
  const header = requestWord(hashOf(lastMember(), pathEnd()));
  if (header & Request.SINGLE && isLaterElement())
    report(Class.MALFORMED, 85, 'is a second value of a header that has one', at, end);
  if (header & Request.COOKIE)
    limit(countOf(at, end, 0x3b) + 1, MOST_COOKIES, 'has more cookies than browsers keep', at, end);
  if (header & Request.LENGTH) {
    hasLength = true;
    if (skip(at, end, Is.DIGIT) < end || at === end) report(Class.MALFORMED, 85, 'is no length', at, end);
  } else if (header & Request.TRANSFER) hasTransfer = true;
  else if (header & Request.TYPE && hasComma(at, end))
    report(Class.MALFORMED, 80, 'has several types', at, end);
  if (hasLength && hasTransfer && header & (Request.LENGTH | Request.TRANSFER))
    report(Class.MALFORMED, 85, 'ends by its length and by its chunks', at, end);
}

/** Whether the path ends with the number of an element that is not the first. */
function isLaterElement(): bool {
  return pathEnd() < currentPath() + pathMark() && byteAt(pathEnd() + 1) > 0x30;
}

function countOf(at: usize, end: usize, byte: i32): i32 {
  let found = 0;
  for (; at < end; at++) if (byteAt(at) === byte) found++;
  return found;
}

/** Whether there is a comma outside quotes: gateways join the values of a header that was sent twice. */
function hasComma(at: usize, end: usize): bool {
  let quoted = false;
  for (; at < end; at++) {
    if (byteAt(at) === 0x22) quoted = !quoted;
    else if (byteAt(at) === 0x2c && !quoted) return true;
  }
  return false;
}
