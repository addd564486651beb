// What an address (URL) in a value points to: its scheme and host, in all the ways in which clients read them.
import { byteAt, hexValue, Is, is, lower } from '../base/bytes';
import { readAddress } from '../base/network';
import { hashByte, hashOf, NO_BYTES } from '../base/words';
import { Further, furtherWord } from '../build/further-words';

const host: usize = memory.data(16);
let schemeSets: i32 = 0;
let hostAt: usize = 0;
let hostEnd: usize = 0;

export function setsOfScheme(): i32 {
  return schemeSets;
}

export function hostStart(): usize {
  return hostAt;
}

export function hostStop(): usize {
  return hostEnd;
}

function isSlash(byte: i32): bool {
  return byte === 0x2f || byte === 0x5c;
}

/** Reads scheme and host of the address that the text is. False where it is none. `//host` has no scheme. */
export function readHost(at: usize, end: usize): bool {
  schemeSets = 0;
  if (!isSlash(byteAt(at))) {
    let hash = NO_BYTES;
    const scheme = at;
    while (
      at < end &&
      (is(byteAt(at), Is.LETTER | Is.DIGIT) ||
        byteAt(at) === 0x2b ||
        byteAt(at) === 0x2e ||
        byteAt(at) === 0x2d ||
        byteAt(at) === 0x5f)
    )
      hash = hashByte(hash, lower(byteAt(at++)));
    if (at === scheme || at >= end || byteAt(at) !== 0x3a) return false;
    schemeSets = furtherWord(hash) & (Further.SCHEME | Further.WEB_SCHEME);
    if (schemeSets === 0) return false;
    at++;
  } else if (!isSlash(byteAt(at + 1))) return false;
  while (at < end && isSlash(byteAt(at))) at++;
  const authority = at;
  while (
    at < end &&
    !isSlash(byteAt(at)) &&
    byteAt(at) !== 0x3f &&
    byteAt(at) !== 0x23 &&
    !is(byteAt(at), Is.SPACE)
  )
    at++;
  hostAt = authority;
  for (let i = authority; i < at; i++) if (byteAt(i) === 0x40) hostAt = i + 1;
  hostEnd = at;
  if (byteAt(hostAt) === 0x5b) {
    hostAt++;
    hostEnd = hostAt;
    while (hostEnd < at && byteAt(hostEnd) !== 0x5d && byteAt(hostEnd) !== 0x25) hostEnd++;
  } else {
    let colon = hostAt;
    while (colon < at && byteAt(colon) !== 0x3a) colon++;
    hostEnd = colon;
    if (hostEnd > hostAt && byteAt(hostEnd - 1) === 0x2e) hostEnd--;
  }
  return hostEnd > hostAt;
}

/** What the host is. */
export enum Host {
  PUBLIC,
  PRIVATE,
  LOCAL,
  METADATA,
}

export function classifyHost(): Host {
  const isAddress = readAddress(hostAt, hostEnd, host) || readNumbers();
  if (isAddress) return classifyAddress();
  const sets = furtherWord(hashOf(hostAt, hostEnd));
  if (sets & Further.INTERNAL_HOST)
    return lower(byteAt(hostAt)) === 0x6c || lower(byteAt(hostAt)) === 0x69 ? Host.LOCAL : Host.METADATA;
  if (endsWith('.localhost')) return Host.LOCAL;
  if (furtherWord(hashOf(lastTwoLabels(), hostEnd)) & Further.ADDRESS_DOMAIN) return Host.PRIVATE;
  return endsWith('.internal') || endsWith('.local') || endsWith('.cluster.local') || endsWith('.svc')
    ? Host.PRIVATE
    : Host.PUBLIC;
}

/** Where `nip.io` begins in `10.0.0.1.nip.io`. */
function lastTwoLabels(): usize {
  let at = hostEnd;
  let dots = 0;
  while (at > hostAt && !(byteAt(at - 1) === 0x2e && ++dots === 2)) at--;
  return at;
}

function endsWith(word: string): bool {
  const start = hostEnd - word.length;
  if (<i32>(hostEnd - hostAt) < word.length) return false;
  for (let i = 0; i < word.length; i++) if (lower(byteAt(start + i)) !== word.charCodeAt(i)) return false;
  return true;
}

/** IPv4 as `inet_aton` reads it: one to four numbers, decimal, octal or hexadecimal, the last filling what is left. */
function readNumbers(): bool {
  let at = hostAt;
  let parts = 0;
  let address: u64 = 0;
  while (parts < 4) {
    const start = at;
    let base = 10;
    if (byteAt(at) === 0x30 && at + 1 < hostEnd && byteAt(at + 1) !== 0x2e) {
      base = (byteAt(at + 1) | 0x20) === 0x78 ? 16 : 8;
      at += base === 16 ? 2 : 1;
    }
    let value: u64 = 0;
    while (at < hostEnd && byteAt(at) !== 0x2e) {
      const digit = hexValue(byteAt(at));
      if (digit < 0 || digit >= base) return false;
      value = (value * base + digit) & 0xffffffffff;
      at++;
    }
    if (at === start) return false;
    parts++;
    const isLast = at >= hostEnd;
    if (!isLast) address = (address << 8) | (value & 0xff);
    else
      address = (address << ((<u64>(5 - parts)) << 3)) | (value & (0xffffffff >> ((<u64>(parts - 1)) << 3)));
    if (isLast) break;
    at++;
  }
  if (at < hostEnd) return false;
  memory.fill(host, 0, 10);
  store<u16>(host, 0xffff, 10);
  store<u8>(host, <i32>(address >> 24), 12);
  store<u8>(host, <i32>(address >> 16), 13);
  store<u8>(host, <i32>(address >> 8), 14);
  store<u8>(host, <i32>address, 15);
  return true;
}

/** IPv4 inside IPv6: mapped (::ffff:), translated (64:ff9b::), compatible (::a.b.c.d), 6to4 (2002:). Its first byte's place, or 0. */
function ipv4Within(): usize {
  let zeros = 0;
  while (zeros < 10 && load<u8>(host + zeros) === 0) zeros++;
  if (zeros === 10) {
    const marks = load<u16>(host, 10);
    return marks === 0xffff || (marks === 0 && load<u32>(host, 12) !== 0 && load<u8>(host, 12) !== 0)
      ? host + 12
      : 0;
  }
  if (load<u16>(host) === 0x0220) return host + 2;
  return load<u32>(host) === 0x9bff6400 ? host + 12 : 0;
}

function classifyAddress(): Host {
  const v4 = ipv4Within();
  if (v4) {
    const a = <i32>load<u8>(v4);
    const b = <i32>load<u8>(v4, 1);
    const c = <i32>load<u8>(v4, 2);
    if (a === 169 && b === 254) return Host.METADATA;
    if (a === 100 && b === 100 && c === 100) return Host.METADATA; // Alibaba's 100.100.100.200
    if (a === 192 && b === 0 && c === 0) return Host.METADATA; // Oracle's 192.0.0.192
    if (a === 168 && b === 63 && c === 129) return Host.METADATA; // Azure's 168.63.129.16
    if (a === 127 || a === 0) return Host.LOCAL;
    if (
      a === 10 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 100 && b >= 64 && b < 128)
    )
      return Host.PRIVATE;
    return Host.PUBLIC;
  }
  if (load<u64>(host) === 0 && load<u32>(host, 8) === 0) return Host.LOCAL; // :: and ::1
  const first = <i32>load<u8>(host);
  if (first === 0xfd && load<u8>(host, 1) === 0 && load<u8>(host, 2) === 0x0e && load<u8>(host, 3) === 0xc2)
    return Host.METADATA; // fd00:ec2::
  if ((first & 0xfe) === 0xfc || (first === 0xfe && (load<u8>(host, 1) & 0xc0) === 0x80)) return Host.PRIVATE;
  return Host.PUBLIC;
}
