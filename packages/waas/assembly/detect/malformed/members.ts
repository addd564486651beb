// Members that an object has twice: some parsers take the first, some the last. Of an object with many thousand members some pairs
// may be missed, since a table of fixed size remembers them.
import { byteAt, Is, skip } from '../../base/bytes';
import { reserve } from '../../base/memory';
import { hashByte, NO_BYTES } from '../../base/words';
import { Class } from '../../classes';
import { beginText, report } from '../../verdicts';
import { watchesMalformed } from './malformed';

/** One entry: the hash of object and name (u32), where the value stands (u32). */
const ENTRY: i32 = 8;
const LEAST_ENTRIES: i32 = 16;
const MOST_ENTRIES: i32 = 65536;
const BYTES_A_MEMBER: i32 = 16;
const PROBES: i32 = 8;

// The table of the walk that is going on.
let entries: usize = 0;
let mask: u32 = 0;

/** Where the table is, to come back to it by `useMembers` when a walk within this one has ended. */
export function membersTable(): usize {
  return entries;
}

export function membersMask(): u32 {
  return mask;
}

export function useMembers(table: usize, tableMask: u32): void {
  entries = table;
  mask = tableMask;
}

/** A table for a JSON text of this size. */
export function beginMembers(size: i32): void {
  entries = 0;
  if (!watchesMalformed()) return;
  let count = LEAST_ENTRIES;
  while (count < MOST_ENTRIES && count < size / BYTES_A_MEMBER) count <<= 1;
  mask = count - 1;
  entries = reserve(count * ENTRY);
  memory.fill(entries, 0, count * ENTRY);
}

/** Notes a member of the object with this number, whose value begins at `value`; `text` is where the JSON text begins, `end` where it ends. */
export function noteMember(
  object: i32,
  key: usize,
  keyEnd: usize,
  text: usize,
  value: usize,
  end: usize,
): void {
  if (!entries) return;
  let hash = NO_BYTES ^ (<u32>object * 0x9e3779b1);
  for (; key < keyEnd; key++) hash = hashByte(hash, byteAt(key));
  value = skip(value, end, Is.SPACE);
  const first = entries + <usize>((hash ^ (hash >>> 15)) & mask) * ENTRY;
  const last = entries + <usize>mask * ENTRY;
  let entry = first;
  for (let probe = 0; probe < PROBES && load<u32>(entry, 4); probe++) {
    if (load<u32>(entry) === hash) {
      if (!isSame(load<u32>(entry, 4), value, end)) {
        beginText(text, end);
        report(Class.MALFORMED, 85, 'has a member twice, with different values', value, endOf(value, end));
      }
      return;
    }
    entry = entry < last ? entry + ENTRY : entries;
  }
  if (load<u32>(entry, 4)) entry = first;
  store<u32>(entry, hash);
  store<u32>(entry, value, 4);
}

/** Whether both are the same string, number or word. Objects and arrays are not compared. */
function isSame(a: usize, b: usize, end: usize): bool {
  const stop = endOf(b, end);
  if (byteAt(b) === 0x7b || byteAt(b) === 0x5b) return false;
  return endOf(a, end) - a === stop - b && memory.compare(a, b, stop - b) === 0;
}

/** Behind the string, number or word that begins here; of an object or array only the bracket. */
function endOf(at: usize, end: usize): usize {
  const isString = byteAt(at) === 0x22;
  at++;
  for (; at < end; at++) {
    const byte = byteAt(at);
    if (isString ? byte === 0x22 : byte === 0x2c || byte === 0x7d || byte <= 0x20) break;
    if (isString && byte === 0x5c) at++;
  }
  return min(isString ? at + 1 : at, end);
}
