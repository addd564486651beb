// Who sent the event: the client's address where the trigger tells it, and who the platform says it is.
import { byteAt, find, Is, is } from '../base/bytes';
import { readAddress } from '../base/network';
import { Field, fieldAt, fieldEnd, hasField } from './fields';

const address: usize = memory.data(16);
let addressAt: usize = 0;
let addressEnd: usize = 0;
let identityAt: usize = 0;
let identityEnd: usize = 0;
let known: bool = false;

/** Reads them from the fields that the skim found. */
export function readSource(): void {
  addressAt = 0;
  addressEnd = 0;
  identityAt = 0;
  identityEnd = 0;
  known = false;
  takeAddress(Field.REST_SOURCE_IP);
  takeAddress(Field.HTTP_SOURCE_IP);
  takeAddress(Field.EDGE_CLIENT_IP);
  takeAddress(Field.APPSYNC_SOURCE_IP);
  takeForwardedFor(Field.FORWARDED_FOR);
  takeForwardedFor(Field.FORWARDED_FOR_VALUES);
  for (let field = <i32>Field.FIRST_PRINCIPAL; field <= Field.LAST_PRINCIPAL && !identityAt; field++) {
    identityAt = fieldAt(field);
    identityEnd = fieldEnd(field);
  }
}

/** Out of a string, or of the first string of an array. */
function takeAddress(field: i32): void {
  if (known || !hasField(field)) return;
  let at = fieldAt(field);
  const end = fieldEnd(field);
  if (byteAt(at) === 0x5b) at = find(at, end, 0x22) + 1;
  let stop = at;
  while (stop < end && byteAt(stop) !== 0x22 && byteAt(stop) !== 0x2c) stop++;
  take(at, stop);
}

/** The last entry is the one that the load balancer wrote; those before it are the client's own. */
function takeForwardedFor(field: i32): void {
  if (known || !hasField(field)) return;
  let end = fieldEnd(field);
  const start = fieldAt(field);
  while (
    end > start &&
    (byteAt(end - 1) === 0x5d || byteAt(end - 1) === 0x22 || is(byteAt(end - 1), Is.SPACE))
  )
    end--;
  let at = firstOfAddress(start, end);
  if (at > start && byteAt(at) === 0x3a && byteAt(at - 1) === 0x5d) {
    // Load balancers may keep the client's port: [2001:db8::1]:5678
    end = at - 1;
    at = firstOfAddress(start, end);
  }
  take(at, withoutPort(at, end));
}

function firstOfAddress(start: usize, end: usize): usize {
  while (end > start && isOfAddress(byteAt(end - 1))) end--;
  return end;
}

/** 192.0.2.1:5678 */
function withoutPort(at: usize, end: usize): usize {
  let colon = end;
  while (colon > at && is(byteAt(colon - 1), Is.DIGIT)) colon--;
  return byteAt(colon - 1) === 0x3a &&
    find(at, colon, 0x2e) < colon &&
    find(at, colon - 1, 0x3a) === colon - 1
    ? colon - 1
    : end;
}

function isOfAddress(byte: i32): bool {
  return is(byte, Is.HEX) || byte === 0x2e || byte === 0x3a;
}

function take(at: usize, end: usize): void {
  if (at >= end || !readAddress(at, end, address)) return;
  known = true;
  addressAt = at;
  addressEnd = end;
}

/** The client's address, 16 bytes; 0 where the event does not tell it. */
export function sourceAddress(): usize {
  return known ? address : 0;
}

export function sourceAddressAt(): usize {
  return addressAt;
}

export function sourceAddressEnd(): usize {
  return addressEnd;
}

export function sourceIdentityAt(): usize {
  return identityAt;
}

export function sourceIdentityEnd(): usize {
  return identityEnd;
}
