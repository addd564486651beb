// A body that is not what its Content-Type says.
import { byteAt, Is, is, skip, startsExactly } from '../../base/bytes';
import { Class } from '../../classes';
import { Field, fieldEnd } from '../../event/fields';
import { declaresMultipart, findInHeader, isBody, promisesJson } from '../../event/request';
import { beginText, report } from '../../verdicts';
import { watchesMalformed } from './malformed';
import { isScalar } from './scalar';

const PARAMETER = 'boundary=';

/** Compares the text, if it is the body, with its type; `isJson`: whether it is an object or array of JSON. */
export function detectBody(at: usize, end: usize, isJson: bool): void {
  if (!isBody()) return;
  if (promisesJson()) {
    if (!isJson && !isScalarAlone(at, end))
      report(Class.MALFORMED, 75, 'is no JSON, but is said to be', at, end);
  } else if (declaresMultipart()) detectBoundary(at, end);
}

/** Reports compressed bytes that become more than is read of them. */
export function reportBomb(at: usize, end: usize): void {
  if (!watchesMalformed()) return;
  beginText(at, end);
  report(Class.MALFORMED, 90, 'inflates to far more than it is', at, min(at + 10, end));
}

function isScalarAlone(at: usize, end: usize): bool {
  at = skip(at, end, Is.SPACE);
  while (end > at && is(byteAt(end - 1), Is.SPACE)) end--;
  return byteAt(at) === 0x22 ? end - at > 1 && byteAt(end - 1) === 0x22 : isScalar(at, end);
}

function detectBoundary(at: usize, end: usize): void {
  const type = fieldEnd(Field.CONTENT_TYPE);
  const first = findInHeader(Field.CONTENT_TYPE, 0, PARAMETER);
  const boundary = first + PARAMETER.length;
  if (first === type) report(Class.MALFORMED, 85, 'is multipart without a boundary', at, end);
  else if (findInHeader(Field.CONTENT_TYPE, boundary, PARAMETER) < type)
    report(Class.MALFORMED, 85, 'is multipart with two boundaries', at, end);
  else if (!beginsWith(skipQuote(boundary, type), type, at, end))
    report(Class.MALFORMED, 80, 'does not begin with its boundary', at, end);
}

/** Whether the body begins with the boundary that stands in the type. */
function beginsWith(boundary: usize, type: usize, at: usize, end: usize): bool {
  while (at < end && (byteAt(at) === 0x0d || byteAt(at) === 0x0a)) at++;
  let text = at;
  if (startsExactly(at, end, '--')) text += 2;
  const start = text;
  while (
    boundary < type &&
    isOfBoundary(byteAt(boundary)) &&
    text < end &&
    byteAt(boundary) === byteAt(text)
  ) {
    boundary++;
    text++;
  }
  return text > start && (boundary === type || !isOfBoundary(byteAt(boundary)));
}

/** Behind a quote as it stands in the event, where it is escaped. */
function skipQuote(at: usize, end: usize): usize {
  return at + 1 < end && byteAt(at) === 0x5c ? at + 2 : at;
}

function isOfBoundary(byte: i32): bool {
  return byte > 0x20 && byte !== 0x3b && byte !== 0x22 && byte !== 0x5c && byte !== 0x2c;
}
