// The parentheses that are open, and what the grammar must remember of each. Beyond 63 of them the innermost share one frame.

/** What a parenthesis holds; bits. */
export enum In {
  CALL = 1,
  SELECT = 2,
  /** The item of the select or from list has its alias. */
  ALIASED = 4,
  /** Known function. */
  KNOWN = 8,
  /** The first column of the select is still to come. */
  FIRST = 16,
  /** The select follows a UNION. */
  UNION = 32,
  /** After FROM. */
  SOURCE = 64,
}

const MAX: i32 = 63;
const SIZE: i32 = 16;
const frames: usize = memory.data(1024);
export let depth: i32 = 0;
/** Flags of the innermost. */
export let flags: i32 = 0;
/** The value left of an operator whose right value is still to come. */
export let leftValue: i32 = 0;
export let leftHash: u32 = 0;
/** The value that an arithmetic operator joins to the next. */
export let joined: i32 = 0;

export function resetFrames(): void {
  depth = 0;
  flags = 0;
  leftValue = 0;
  leftHash = 0;
  joined = 0;
}

export function setFlags(value: i32): void {
  flags = value;
}

export function setLeft(value: i32, hash: u32): void {
  leftValue = value;
  leftHash = hash;
}

export function setJoined(value: i32): void {
  joined = value;
}

function frameAt(index: i32): usize {
  return frames + <usize>(min(index, MAX) * SIZE);
}

export function push(inner: i32): void {
  const at = frameAt(depth);
  store<u32>(at, leftHash);
  store<u8>(at, flags, 4);
  store<u8>(at, leftValue, 5);
  store<u8>(at, joined, 6);
  depth++;
  flags = inner;
  setLeft(0, 0);
  joined = 0;
}

export function pop(): void {
  depth--;
  const at = frameAt(depth);
  leftHash = load<u32>(at);
  flags = load<u8>(at, 4);
  leftValue = load<u8>(at, 5);
  joined = load<u8>(at, 6);
}
