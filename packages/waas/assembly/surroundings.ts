// What stands around the evidence of one verdict, so that a person can be shown it in its place. A host asks for it by the
// verdict's number before the inspection: it would be a waste to keep it of all. Secrets are not masked: it is for whoever has the event.
import { byteAt } from './base/bytes';
import { beginText, put, putNumber, putQuoted, putWords, QUOTED } from './base/writer';

const AROUND: usize = 200;
const LONGEST: usize = 800;

const kept: usize = memory.data(1200);
let watched: i32 = -1;
let place: usize = 0;
let isKept: bool = false;
let start: usize = 0;
let evidenceAt: usize = 0;
let evidenceEnd: usize = 0;
let end: usize = 0;
let leftOut: usize = 0;

/** Keeps the surroundings of this verdict of the inspections to come; of none for -1. */
export function watchVerdict(index: i32): void {
  watched = index;
}

export function resetSurroundings(): void {
  isKept = false;
}

/** Keeps what is in the form (`formAt` to `formEnd`) around the evidence `at` to `to`, if its verdict is watched; `placeAt` is where in the event the form's value stands. */
export function keepSurroundings(
  index: i32,
  formAt: usize,
  formEnd: usize,
  at: usize,
  to: usize,
  placeAt: usize,
): void {
  // A detector may show what it made of the form, which does not stand in it.
  if (index !== watched || at < formAt || to > formEnd) return;
  let from = at - formAt > AROUND ? at - AROUND : formAt;
  while (from < at && (byteAt(from) & 0xc0) === 0x80) from++;
  to = min(to, at + LONGEST);
  let until = min(formEnd, to + AROUND);
  while (until > to && until < formEnd && (byteAt(until) & 0xc0) === 0x80) until--;
  memory.copy(kept, from, until - from);
  isKept = true;
  start = from - formAt;
  evidenceAt = at - from;
  evidenceEnd = to - from;
  end = until - from;
  leftOut = formEnd - until;
  place = placeAt;
}

/** Writes them into newly reserved memory as JSON, with the value's place as bytes from `inputAt`: null where the verdict was not found. */
export function writeSurroundings(inputAt: usize): void {
  beginText(<i32>end * QUOTED + 256);
  if (!isKept) {
    putWords('null');
    return;
  }
  putWords('{"place":');
  putNumber(<i32>(max(place, inputAt) - inputAt));
  putWords(',"start":');
  putNumber(<i32>start);
  putWords(',"before":');
  putQuoted(kept, kept + evidenceAt);
  putWords(',"evidence":');
  putQuoted(kept + evidenceAt, kept + evidenceEnd);
  putWords(',"after":');
  putQuoted(kept + evidenceEnd, kept + end);
  putWords(',"leftOut":');
  putNumber(<i32>leftOut);
  put(0x7d);
}
