// Decoding may find ever more to decode in one event. What is judged of it is bounded by its size, so that time is, too.

const FLOOR: i64 = 65536;
/** What all fields of an event may take together, in times of its size; and what a field has for itself, so that none that decodes for ever keeps the others from being judged. */
const TIMES: i64 = 8;
const TIMES_OF_FIELD: i64 = 4;

/** What is inflated of one event: as much as the longest event the init takes; of a small one, what a compressed text of its size may become (zlib itself says up to 1032). */
export const MOST_INFLATED: i32 = 8 << 20;
const LEAST_INFLATED: i32 = 1 << 20;
const INFLATED_TIMES: i64 = 32;

let left: i64 = 0;
let inflatable: i32 = 0;
let exceeded: bool = false;

/** A new event of `size` bytes. */
export function resetBudget(size: i32): void {
  left = FLOOR + TIMES * <i64>size;
  exceeded = false;
  inflatable = <i32>min<i64>(LEAST_INFLATED + INFLATED_TIMES * <i64>size, MOST_INFLATED);
}

/** Whether `size` further bytes may be judged. */
export function spend(size: i32): bool {
  left -= <i64>(size + 16);
  if (left < 0) exceeded = true;
  return left >= 0;
}

/** A field of `size` bytes begins, with a share of its own on top. What to hand to `endShare` behind it. */
export function beginShare(size: i32): i64 {
  const outer = left;
  left += TIMES_OF_FIELD * <i64>(size + 16);
  return outer;
}

/** The field's share is used first, and what is left of it goes. */
export function endShare(outer: i64): void {
  left = max<i64>(0, min<i64>(outer, left));
}

/** How many bytes compressed texts may still become. */
export function mayInflate(): i32 {
  return inflatable;
}

/** A compressed text became `size` bytes: they are judged as if the event had brought them. */
export function noteInflated(size: i32): void {
  inflatable -= size;
  left += (TIMES + TIMES_OF_FIELD) * <i64>size;
}

/** Notes that something of the event is left unread. */
export function leaveUnread(): void {
  exceeded = true;
}

/** Whether something of the event was left unread. */
export function wasExceeded(): bool {
  return exceeded;
}
