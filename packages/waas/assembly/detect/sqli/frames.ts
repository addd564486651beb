// The parentheses that are open, and what the grammar must remember of each. Beyond 63 of them the innermost share one Frame.

/** What a parenthesis holds; bits. */
export enum In {
  CALL = 1,
  /** A function of the database. */
  KNOWN = 2,
  SELECT = 4,
  /** The select follows a UNION. */
  UNION = 8,
  /** The select's first column is still to come. */
  FIRST = 16,
  /** The item of the list, or the argument, has its alias. */
  ALIASED = 32,
  /** The select's first column was a name, and it goes on. */
  COLUMN = 64,
  /** A unit of time may follow a number. */
  INTERVAL = 128,
}

const DEEPEST: i32 = 63;
const SIZE: i32 = 8;
const frames: usize = memory.data(512);

/** The innermost parenthesis. */
// biome-ignore lint/complexity/noStaticOnlyClass: variables that several files set; an import cannot be assigned
export class Frame {
  static depth: i32 = 0;
  /** Bits of `In`. */
  static holds: i32 = 0;
  /** The value left of a comparison whose right value is still to come (`Value`). */
  static left: i32 = 0;
  static leftHash: u32 = 0;
  /** The value that an arithmetic operator joins to the next. */
  static joined: i32 = 0;
}

export function resetFrames(): void {
  Frame.depth = 0;
  enter(0);
}

function enter(holds: i32): void {
  Frame.holds = holds;
  Frame.left = 0;
  Frame.leftHash = 0;
  Frame.joined = 0;
}

function at(depth: i32): usize {
  return frames + <usize>(min(depth, DEEPEST) * SIZE);
}

export function pushFrame(holds: i32): void {
  const to = at(Frame.depth++);
  store<u32>(to, Frame.leftHash);
  store<u8>(to, Frame.holds, 4);
  store<u8>(to, Frame.left, 5);
  store<u8>(to, Frame.joined, 6);
  enter(holds);
}

export function popFrame(): void {
  const from = at(--Frame.depth);
  Frame.leftHash = load<u32>(from);
  Frame.holds = load<u8>(from, 4);
  Frame.left = load<u8>(from, 5);
  Frame.joined = load<u8>(from, 6);
}
