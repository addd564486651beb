// What the engine offers its hosts: Node, the browser, and the init (through wasm2c).
import { mark, release, reserve } from './base/memory';
import { resetField } from './field';
import { judgeText } from './judge';
import { enable } from './settings';
import { beginField, resetVerdicts, verdictCount } from './verdicts';
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

/** Judges the first `size` bytes of the input as one text. How many verdicts there are. */
export function inspectText(size: i32): i32 {
  resetVerdicts();
  resetField();
  beginField();
  store<u8>(inputAt + size, 0);
  judgeText(inputAt, inputAt + size);
  return verdictCount();
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
