// Forms, query strings and cookies: `name=value` between `&` or `;`.
import { byteAt, find, Is, is, skip } from '../base/bytes';
import { Has } from '../base/facts';
import { watchesMalformed } from '../detect/malformed/malformed';
import { detectPairs } from '../detect/malformed/request-parts';
import { enterMember, isOfForm, leaveTo, pathMark, popStep, pushStep, Step } from '../field';
import { beginText } from '../verdicts';
import { judgeCopy } from './copy';

/** Where the pairs begin: at the start, or behind the `?` of an address, which has no spaces before it; `end` where there are none. */
export function findPairs(at: usize, end: usize): usize {
  if (beginsPair(at, end)) return at;
  while (at < end && byteAt(at) !== 0x3f && !is(byteAt(at), Is.SPACE)) at++;
  return at < end && byteAt(at) === 0x3f && beginsPair(at + 1, end) ? at + 1 : end;
}

/** What a form is written with once it is encoded. */
const FORM: i32 =
  Has.LETTER |
  Has.DIGIT |
  Has.PERCENT |
  Has.PLUS |
  Has.EQUALS |
  Has.AMPERSAND |
  Has.DASH |
  Has.DOT |
  Has.UNDERSCORE |
  Has.STAR |
  Has.OTHER;

/** Whether the pairs at `at` are an encoded form and the text is nothing else: it is no value, and decoded as a whole it would say what no field of it says. */
export function isForm(at: usize, facts: i32): bool {
  if (facts & ~FORM) return false;
  while (is(byteAt(at), Is.LETTER | Is.DIGIT | Is.UNDERSCORE) || byteAt(at) === 0x2d || byteAt(at) === 0x2e)
    at++;
  return byteAt(at) === 0x3d;
}

/** Whether the text has nothing that an address must encode. */
export function isEncoded(facts: i32): bool {
  return (facts & ~(FORM | Has.SLASH | Has.COLON | Has.COMMA | Has.AT | Has.HASH)) === 0;
}

/** Whether a name, an equals sign and a value stand here. The padding of base64 is none. */
function beginsPair(at: usize, end: usize): bool {
  const start = at;
  while (at < end && isOfName(byteAt(at))) at++;
  return at > start && at + 1 < end && byteAt(at) === 0x3d && byteAt(at + 1) !== 0x3d;
}

function isOfName(byte: i32): bool {
  if (is(byte, Is.LETTER | Is.DIGIT | Is.UNDERSCORE)) return true;
  return (
    byte === 0x25 ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5b ||
    byte === 0x5d ||
    byte === 0x24
  );
}

/** Whether the pairs that are walked are the parameters of another host's address, and no function's own. */
let foreign: bool = false;

/** Whether the text that is judged is a parameter of a form or a query that the function gets. */
export function isParameter(): bool {
  return isOfForm() && !foreign;
}

/** Judges each name and each value from `at` to `end`; `isAddress`: they stand in an address with a host. */
export function walkPairs(at: usize, end: usize, isAddress: bool): void {
  if (!pushStep(Step.FORM)) return;
  const outerForeign = foreign;
  foreign = foreign || isAddress;
  const outer = pathMark();
  const start = at;
  let pairs = 0;
  while (at < end) {
    at = skip(at, end, Is.SPACE);
    let stop = at;
    while (stop < end && byteAt(stop) !== 0x26 && byteAt(stop) !== 0x3b) stop++;
    const equals = find(at, stop, 0x3d);
    enterMember(at, equals);
    if (pushStep(Step.KEY)) {
      judgeCopy(at, equals);
      popStep();
    }
    judgeCopy(equals + 1, stop);
    leaveTo(outer);
    at = stop + 1;
    pairs++;
  }
  if (watchesMalformed()) {
    beginText(start, end);
    detectPairs(pairs, start, end);
  }
  foreign = outerForeign;
  popStep();
}
