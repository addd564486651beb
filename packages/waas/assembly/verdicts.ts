// What was found. A detector calls `report`; of one class in one field only the surest verdict is kept.
import { byteAt } from './base/bytes';
import { putBytes, putWords } from './base/writer';
import { Class } from './classes';
import { noteVerdict } from './event/decide';
import { sourceAddress } from './event/source';
import { copyField, currentPath, currentPlace, decodings, MAX_PATH, MAX_STEPS, pathMark } from './field';
import { Effect, effectOf, isExcepted } from './settings';
import { keepSurroundings } from './surroundings';

/** Further fields are judged, but their verdicts only counted. */
export const MAX_VERDICTS: i32 = 32;
export const MAX_EVIDENCE: i32 = 120;
/** Of a reason that is written for one verdict. */
export const MAX_REASON: i32 = 160;

/** Below this confidence (per cent) a verdict is not kept: too many texts that nobody attacks with look like it. */
export const LEAST: i32 = 50;

// One verdict: class u8, confidence u8, steps u8, evidence length u8, path length u16, effect u8, length of a written reason u8, reason u32 at 8, start u32, end u32; then the four texts.
const STEPS_AT: usize = 24;
const PATH_AT: usize = STEPS_AT + <usize>MAX_STEPS;
const EVIDENCE_AT: usize = PATH_AT + <usize>MAX_PATH;
const REASON_AT: usize = EVIDENCE_AT + <usize>MAX_EVIDENCE;
const SIZE: usize = (REASON_AT + <usize>MAX_REASON + 7) & ~7;

const verdicts: usize = memory.data(18432);
let count: i32 = 0;
let firstOfField: i32 = 0;
let uncounted: i32 = 0;
let textAt: usize = 0;
let textEnd: usize = 0;

export function resetVerdicts(): void {
  count = 0;
  firstOfField = 0;
  uncounted = 0;
}

/** From here on verdicts are of a field within the present one. What to hand to `endField` behind it. */
export function beginField(): i32 {
  const outer = firstOfField;
  firstOfField = count;
  return outer;
}

/** Back to the outer field. What was found in the inner one counts as found in the outer. */
export function endField(outer: i32): void {
  firstOfField = outer;
}

/** From here on verdicts are of this form of the field's text; their places count from its start. */
export function beginText(at: usize, end: usize): void {
  textAt = at;
  textEnd = end;
}

export function verdictCount(): i32 {
  return count;
}

/** How many verdicts there was no room for. */
export function verdictsLeftOut(): i32 {
  return uncounted;
}

/**
 * Says that the text from `at` to `end` attacks. `confidence` in per cent: 90 and more means that hardly any honest
 * text looks so, 70 that few do, 50 that it takes a second look. `reason` completes "because it …", in words for people.
 */
export function report(kind: Class, confidence: i32, reason: string, at: usize, end: usize): void {
  if (confidence < LEAST || isExceptedHere(kind)) return;
  const to = verdictOf(kind, confidence, at, end);
  if (to) store<u32>(to, changetype<usize>(reason), 8);
}

/** The same with a reason that was written for this verdict, from `reason` to `reasonEnd`: ASCII that JSON takes as it is. False where an exception silences it. */
export function reportWritten(
  kind: Class,
  confidence: i32,
  reason: usize,
  reasonEnd: usize,
  at: usize,
  end: usize,
): bool {
  if (isExceptedHere(kind)) return false;
  const to = verdictOf(kind, confidence, at, end);
  if (to) {
    const length = min<usize>(MAX_REASON, reasonEnd - reason);
    memory.copy(to + REASON_AT, reason, length);
    store<u8>(to, <u8>length, 7);
  }
  return true;
}

function isExceptedHere(kind: Class): bool {
  return isExcepted(kind, currentPath(), currentPath() + pathMark(), sourceAddress());
}

/** Where to put a verdict's reason; 0 where a surer one is kept already, or there is no room. */
function verdictOf(kind: Class, confidence: i32, at: usize, end: usize): usize {
  const effect = effectOf(kind, confidence);
  noteVerdict(effect);
  let index = firstOfField;
  while (index < count && classOf(index) !== kind) index++;
  if (index < count) {
    if (confidenceOf(index) >= confidence) return 0;
  } else if (count === MAX_VERDICTS) {
    uncounted++;
    return 0;
  } else {
    count++;
  }
  const to = verdicts + <usize>index * SIZE;
  store<u8>(to, kind);
  store<u8>(to, confidence, 1);
  store<u8>(to, decodings(), 2);
  store<u16>(to, pathMark(), 4);
  store<u8>(to, effect, 6);
  store<u8>(to, 0, 7);
  store<u32>(to, at - textAt, 12);
  store<u32>(to, end - textAt, 16);
  copyField(to + PATH_AT, to + STEPS_AT);
  store<u8>(to, copyEvidence(to + EVIDENCE_AT, at, end), 3);
  keepSurroundings(index, textAt, textEnd, at, end, currentPlace());
  return to;
}

/** Copies what is shown of the span: at most MAX_EVIDENCE bytes, never half a character. Its length. */
function copyEvidence(to: usize, at: usize, end: usize): i32 {
  let length = <i32>min(<usize>MAX_EVIDENCE, end - at);
  if (at + length < end) while (length > 0 && (byteAt(at + length) & 0xc0) === 0x80) length--;
  memory.copy(to, at, length);
  return length;
}

export function classOf(index: i32): Class {
  return load<u8>(verdicts + <usize>index * SIZE);
}

export function confidenceOf(index: i32): i32 {
  return load<u8>(verdicts + <usize>index * SIZE, 1);
}

export function effectIn(index: i32): Effect {
  return load<u8>(verdicts + <usize>index * SIZE, 6);
}

/** Writes the reason. */
export function putReason(index: i32): void {
  const verdict = verdicts + <usize>index * SIZE;
  const length = load<u8>(verdict, 7);
  if (length > 0) putBytes(verdict + REASON_AT, verdict + REASON_AT + length);
  else putWords(changetype<string>(<usize>load<u32>(verdict, 8)));
}

/** Where in the judged form the evidence begins and ends, in bytes. */
export function startOf(index: i32): i32 {
  return load<u32>(verdicts + <usize>index * SIZE, 12);
}

export function endOf(index: i32): i32 {
  return load<u32>(verdicts + <usize>index * SIZE, 16);
}

export function stepsOf(index: i32): usize {
  return verdicts + <usize>index * SIZE + STEPS_AT;
}

export function stepCountOf(index: i32): i32 {
  return load<u8>(verdicts + <usize>index * SIZE, 2);
}

export function pathOf(index: i32): usize {
  return verdicts + <usize>index * SIZE + PATH_AT;
}

export function pathLengthOf(index: i32): i32 {
  return load<u16>(verdicts + <usize>index * SIZE, 4);
}

export function evidenceOf(index: i32): usize {
  return verdicts + <usize>index * SIZE + EVIDENCE_AT;
}

export function evidenceLengthOf(index: i32): i32 {
  return load<u8>(verdicts + <usize>index * SIZE, 3);
}
