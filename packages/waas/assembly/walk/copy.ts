import { release, reserve } from '../base/memory';
import { judgeField } from '../judge';

/** Judges a part of a text, from a copy with a zero byte behind it. */
export function judgeCopy(at: usize, end: usize): void {
  if (at >= end) return;
  const length = <i32>(end - at);
  const copy = reserve(length + 1);
  memory.copy(copy, at, length);
  store<u8>(copy + length, 0);
  judgeField(copy, copy + length);
  release(copy);
}
