// Decoding may find ever more to decode in one event. What is judged of it is bounded by its size, so that time is, too.

const FLOOR: i64 = 65536;
const TIMES: i64 = 12;

let left: i64 = 0;
let exceeded: bool = false;

/** A new event of `size` bytes. */
export function resetBudget(size: i32): void {
  left = FLOOR + TIMES * <i64>size;
  exceeded = false;
}

/** Whether `size` further bytes may be judged. */
export function spend(size: i32): bool {
  left -= <i64>(size + 16);
  if (left < 0) exceeded = true;
  return !exceeded;
}

/** Whether something of the event was left unread. */
export function wasExceeded(): bool {
  return exceeded;
}
