// The records of an event that brings several (`Records`, `records`): where each stands, and which are refused.
import { reserve } from '../base/memory';

/** More than the services put into one event; an array that is longer is no batch. */
const MOST: i32 = 10000;

/** start u32, end u32, refused u8 */
const SIZE: usize = 12;

let list: usize = 0;
let count: i32 = 0;
let refused: i32 = 0;

export function resetRecords(): void {
  list = 0;
  count = 0;
  refused = 0;
}

/** Notes a record. An array that is too long has none. */
export function addRecord(at: usize, end: usize): void {
  if (!list) list = reserve(MOST * <i32>SIZE);
  if (count < MOST) {
    const record = list + <usize>count * SIZE;
    store<u32>(record, at);
    store<u32>(record, end, 4);
    store<u32>(record, 0, 8);
  }
  count++;
}

export function recordCount(): i32 {
  return count > MOST ? 0 : count;
}

export function recordStart(index: i32): usize {
  return load<u32>(list + <usize>index * SIZE);
}

export function recordEnd(index: i32): usize {
  return load<u32>(list + <usize>index * SIZE, 4);
}

export function isRefused(index: i32): bool {
  return load<u8>(list + <usize>index * SIZE, 8) !== 0;
}

export function refusedCount(): i32 {
  return refused;
}

/** Refuses the record in which `place` lies. False where none does. */
export function refuseRecordAt(place: usize): bool {
  let low = 0;
  let high = recordCount() - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (place < recordStart(middle)) high = middle - 1;
    else if (place >= recordEnd(middle)) low = middle + 1;
    else {
      if (!isRefused(middle)) refused++;
      store<u8>(list + <usize>middle * SIZE, 1, 8);
      return true;
    }
  }
  return false;
}
