// The brackets that are open, of each kind the innermost ones: where an expression begins at one of them, and 0 for others.

/** Of each kind so many are remembered. */
const MOST_OPEN: i32 = 16;
const KINDS: i32 = 3;

const openings: usize = memory.data(192);
const depths: usize = memory.data(12);

/** Braces, square and pointed brackets. */
export function isOpening(byte: i32): bool {
  return byte === 0x7b || byte === 0x5b || byte === 0x3c;
}

export function isClosing(byte: i32): bool {
  return byte === 0x7d || byte === 0x5d || byte === 0x3e;
}

function kindOf(byte: i32): i32 {
  return byte === 0x7b || byte === 0x7d ? 0 : byte === 0x5b || byte === 0x5d ? 1 : 2;
}

function slotOf(kind: i32, depth: i32): usize {
  return openings + ((kind * MOST_OPEN + (depth % MOST_OPEN)) << 2);
}

export function resetNesting(): void {
  memory.fill(openings, 0, KINDS * MOST_OPEN * 4);
  memory.fill(depths, 0, KINDS * 4);
}

/** A bracket opens; `at` is where the expression begins that it opens, or 0. */
export function pushOpening(byte: i32, at: usize): void {
  const kind = kindOf(byte);
  const depth = load<i32>(depths + (kind << 2));
  store<u32>(slotOf(kind, depth), at);
  store<i32>(depths + (kind << 2), depth + 1);
}

/** A bracket closes. Where the expression begins that it ends; 0 where it ends none, or one too far outside. */
export function popOpening(byte: i32): usize {
  const kind = kindOf(byte);
  const depth = load<i32>(depths + (kind << 2)) - 1;
  if (depth < 0) return 0;
  const at = load<u32>(slotOf(kind, depth));
  store<u32>(slotOf(kind, depth), 0);
  store<i32>(depths + (kind << 2), depth);
  return at;
}
