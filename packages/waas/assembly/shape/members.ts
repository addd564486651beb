// The members of one object that is being read: which were there, and how often. A frame of it lies in reserved memory:
// where the node's members stand u32, how many required ones are missing u32, and for each member how often it came u16.
import { reserve } from '../base/memory';
import { enterMember, leaveTo, pathMark } from '../field';
import { findEntry, findText, NONE, nameOf, Part, partOf, REQUIRED, Type, textEnd, typesOf } from './tables';
import { tell, tellCount } from './tell';

const COUNTS_AT: usize = 8;
/** The node's list of members stands behind `u16 additional, u16 how many are required`. */
const LIST_AT: usize = 4;
const ENTRY: i32 = 4;

/** Begins an object. Its frame; 0 where the node says nothing of members. */
export function openMembers(node: i32): usize {
  const members = partOf(node, Part.MEMBERS);
  if (!members) return 0;
  const counts = (<i32>load<u16>(members + LIST_AT)) << 1;
  const frame = reserve(<i32>COUNTS_AT + counts);
  store<u32>(frame, members);
  store<u32>(frame, load<u16>(members, 2), 4);
  memory.fill(frame + COUNTS_AT, 0, counts);
  return frame;
}

/**
 * Takes note of a member, at whose path we are. The node that its value must fit; NONE where it must not be there, which is told.
 * `repeats` where several values of an array come one by one under the same name.
 */
export function noteMember(frame: usize, at: usize, end: usize, repeats: bool): i32 {
  const members = load<u32>(frame);
  const entry = findEntry(members + LIST_AT, <usize>ENTRY, findText(at, end));
  if (entry < 0) {
    const additional = load<u16>(members);
    if (additional === NONE) tell('is not expected', at, end);
    return additional;
  }
  const member = memberAt(members, entry);
  const node = member & ~REQUIRED;
  const counter = frame + COUNTS_AT + ((<usize>entry) << 1);
  const count = load<u16>(counter);
  if (count === 0 && member & REQUIRED) store<u32>(frame, load<u32>(frame, 4) - 1, 4);
  if (count < u16.MAX_VALUE) store<u16>(counter, count + 1);
  if (count > 0 && !(repeats && typesOf(node) & Type.ARRAY)) tell('comes more than once', at, end);
  return node;
}

/** The entry's node, with the bit REQUIRED. */
function memberAt(members: usize, entry: i32): i32 {
  return load<u16>(members + LIST_AT + 4 + <usize>(entry * ENTRY));
}

/** Ends the object, at whose path we are; it ends at `at`. The first member that is missing is told. */
export function closeMembers(frame: usize, at: usize): void {
  if (load<u32>(frame, 4) === 0) return;
  const members = load<u32>(frame);
  let entry = 0;
  while (!(memberAt(members, entry) & REQUIRED) || load<u16>(frame + COUNTS_AT + ((<usize>entry) << 1)) > 0)
    entry++;
  const outer = enterEntry(members, entry);
  tell('is missing', at, at);
  leaveTo(outer);
}

/** Enters the member. Where the path stood. */
function enterEntry(members: usize, entry: i32): i32 {
  const outer = pathMark();
  const name = nameOf(members + LIST_AT, entry);
  enterMember(name + 2, textEnd(name));
  return outer;
}

/** Ends an object whose arrays came as repeated members. */
export function closeRepeated(frame: usize, at: usize): void {
  closeMembers(frame, at);
  const members = load<u32>(frame);
  for (let entry = <i32>load<u16>(members + LIST_AT) - 1; entry >= 0; entry--) {
    const count = <i32>load<u16>(frame + COUNTS_AT + ((<usize>entry) << 1));
    const node = memberAt(members, entry) & ~REQUIRED;
    // One alone may be a value of its own, where the shape lets one through.
    if (count === 0 || (count === 1 && typesOf(node) & Type.SCALAR)) continue;
    const outer = enterEntry(members, entry);
    checkCount(node, count, at, at);
    leaveTo(outer);
  }
}

/** Checks how many elements an array has. */
export function checkCount(node: i32, count: i32, at: usize, end: usize): void {
  const items = partOf(node, Part.ITEMS);
  if (!items) return;
  const least = load<u32>(items);
  const most = load<u32>(items, 4);
  if (<u32>count < least || <u32>count > most)
    tellCount('is an array of ', count, ' elements', least, most, at, end);
}

/** The node that the elements of an array must fit; NONE where the node says nothing of them. */
export function itemsOf(node: i32): i32 {
  const items = partOf(node, Part.ITEMS);
  return items ? load<u16>(items, 8) : NONE;
}
