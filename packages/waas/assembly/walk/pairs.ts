// Forms, query strings and cookies: `name=value` between `&` or `;`.
import { byteAt, find, Is, is, skip } from '../base/bytes';
import { enterMember, leaveTo, pathMark, popStep, pushStep, Step } from '../field';
import { judgeCopy } from './copy';

/** Where the pairs begin: at the start, or behind the `?` of an address, which has no spaces before it; `end` where there are none. */
export function findPairs(at: usize, end: usize): usize {
  if (beginsPair(at, end)) return at;
  while (at < end && byteAt(at) !== 0x3f && !is(byteAt(at), Is.SPACE)) at++;
  return at < end && byteAt(at) === 0x3f && beginsPair(at + 1, end) ? at + 1 : end;
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

/** Judges each name and each value from `at` to `end`. */
export function walkPairs(at: usize, end: usize): void {
  if (!pushStep(Step.FORM)) return;
  const outer = pathMark();
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
  }
  popStep();
}
