// What the engine offers its hosts: Node, the browser, and the init (through wasm2c).
import { mark, release, reserve } from './base/memory';
import { resetBudget, wasExceeded } from './budget';
import { resetField } from './field';
import { judgeField } from './judge';
import { enable } from './settings';
import { resetVerdicts, verdictCount } from './verdicts';
import { walkJson } from './walk/json';
import { writeVerdicts } from './write-json';

const bottom: usize = mark();
let inputAt: usize = 0;
let outputStart: usize = 0;
let outputEnd: usize = 0;

/** Room for `size` bytes of input, and a zero byte behind it. Whatever was there before is gone. */
export function input(size: i32): usize {
  release(bottom);
  inputAt = reserve(size + 1);
  return inputAt;
}

/** Which protections are on, as bits by class. */
export function configure(classes: i32): void {
  enable(classes);
}

/** Judges the first `size` bytes of the input as one value. How many verdicts there are. */
export function inspectText(size: i32): i32 {
  begin(size);
  judgeField(inputAt, inputAt + size);
  return verdictCount();
}

/** Judges the first `size` bytes of the input as an event: a JSON text, or else one value. How many verdicts there are. */
export function inspectEvent(size: i32): i32 {
  begin(size);
  if (!walkJson(inputAt, inputAt + size)) judgeField(inputAt, inputAt + size);
  return verdictCount();
}

/** Whether the last inspection left something unread, because decoding it would have taken too long. */
export function isIncomplete(): bool {
  return wasExceeded();
}

function begin(size: i32): void {
  resetVerdicts();
  resetField();
  resetBudget(size);
  store<u8>(inputAt + size, 0);
}

/** Writes the verdicts of the last inspection as JSON. Where it begins. */
export function output(): usize {
  outputStart = mark();
  outputEnd = writeVerdicts();
  return outputStart;
}

export function outputSize(): i32 {
  return <i32>(outputEnd - outputStart);
}
