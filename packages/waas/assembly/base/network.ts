// Addresses and networks as a compiled policy has them: 18 bytes, the prefix length, a zero, and the address in IPv6, where
// IPv4 stands behind ::ffff:0:0.
import { byteAt, hexValue, Is, is } from './bytes';

export const NETWORK_BYTES: usize = 18;

export const ADDRESS_BYTES: usize = 16;

/** Reads an address in text, IPv4 or IPv6, without port or brackets, to the 16 bytes at `address`. False where it is none. */
export function readAddress(at: usize, end: usize, address: usize): bool {
  memory.fill(address, 0, ADDRESS_BYTES);
  for (let i = at; i < end; i++) if (byteAt(i) === 0x3a) return readIpv6(at, end, address);
  store<u16>(address, 0xffff, 10);
  return readIpv4(at, end, address + 12);
}

function readIpv4(at: usize, end: usize, to: usize): bool {
  for (let part = 0; part < 4; part++) {
    const start = at;
    let value = 0;
    while (at < end && at < start + 3 && is(byteAt(at), Is.DIGIT)) value = value * 10 + byteAt(at++) - 0x30;
    if (at === start || value > 255) return false;
    store<u8>(to + part, value);
    if (part < 3 && (at >= end || byteAt(at++) !== 0x2e)) return false;
  }
  return at === end;
}

function readIpv6(at: usize, end: usize, address: usize): bool {
  let groups = 0;
  let gap = -1;
  if (byteAt(at) === 0x3a && byteAt(at + 1) === 0x3a) {
    gap = 0;
    at += 2;
  }
  while (at < end) {
    if (groups === 8) return false;
    const start = at;
    let value = 0;
    while (at < end && at < start + 4 && hexValue(byteAt(at)) >= 0)
      value = (value << 4) | hexValue(byteAt(at++));
    if (at < end && byteAt(at) === 0x2e) {
      if (groups > 6 || !readIpv4(start, end, address + (groups << 1))) return false;
      groups += 2;
      at = end;
      break;
    }
    if (at === start) return false;
    store<u8>(address + (groups << 1), value >> 8);
    store<u8>(address + (groups << 1), value, 1);
    groups++;
    if (at === end) break;
    if (byteAt(at++) !== 0x3a || at === end) return false;
    if (byteAt(at) === 0x3a) {
      if (gap >= 0) return false;
      gap = groups;
      at++;
    }
  }
  if (gap < 0) return groups === 8;
  if (groups > 7) return false;
  const moved = (groups - gap) << 1;
  memory.copy(address + 16 - moved, address + (gap << 1), moved);
  memory.fill(address + (gap << 1), 0, 16 - moved - (gap << 1));
  return true;
}

/** Whether the network holds the address. */
export function holdsAddress(network: usize, address: usize): bool {
  let bits = byteAt(network);
  for (let i: usize = 0; bits > 0; i++, bits -= 8) {
    const mask = bits >= 8 ? 0xff : (0xff << (8 - bits)) & 0xff;
    if ((byteAt(network + 2 + i) ^ byteAt(address + i)) & mask) return false;
  }
  return true;
}
