// Memory is one stack of bytes above the static data: whoever reserves gives back to where it was. Nothing is
// collected, nothing is freed one by one, and nothing is kept from one call to the next but what sits at the bottom.

const PAGE: i32 = 16;

/** Bytes behind every reservation that may be read (not written): look-ahead needs no check. */
const SLACK: usize = 16;

let top: usize = (__heap_base + 15) & ~15;

/** Where the stack stands: hand it to `release` to give back all that was reserved since. */
export function mark(): usize {
  return top;
}

/** Gives back everything reserved since the mark was taken. */
export function release(to: usize): void {
  top = to;
}

/** Room for `size` bytes, aligned to 16; grows the memory. Its content is undefined. */
export function reserve(size: i32): usize {
  const at = top;
  top = (at + <usize>size + 15) & ~15;
  const pages = <i32>((top + SLACK + 0xffff) >>> PAGE);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return at;
}
