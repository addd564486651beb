// Inflates DEFLATE (RFC 1951) in its wrappers, gzip (RFC 1952) and zlib (RFC 1950). Checksums are not compared: what comes before a
// fault has been read by then, and a function may read it, too.
import { byteAt, find } from '../base/bytes';
import { mark, reserve } from '../base/memory';
import { buildCode, symbolWith } from './huffman';

const LITERALS: i32 = 288;
const DISTANCES: i32 = 32;
const END_OF_BLOCK: i32 = 256;

/** Output is reserved by so many bytes at a time; a multiple of the stack's alignment, so that one follows the other. */
const ROOM: i32 = 65536;

const fixedLiterals: usize = memory.data(672);
const fixedDistances: usize = memory.data(160);
const ownLiterals: usize = memory.data(672);
const ownDistances: usize = memory.data(160);
const lengths: usize = memory.data(320);
/** In this order a block gives the lengths of the codes that its own codes' lengths are written in (3.2.7). */
const order: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

memory.fill(lengths, 8, LITERALS);
memory.fill(lengths + 144, 9, 112);
memory.fill(lengths + 256, 7, 24);
buildCode(fixedLiterals, lengths, LITERALS);
memory.fill(lengths, 5, DISTANCES);
buildCode(fixedDistances, lengths, DISTANCES);

let at: usize = 0;
let end: usize = 0;
let held: i32 = 0;
let heldBits: i32 = 0;
let start: usize = 0;
let to: usize = 0;
let room: usize = 0;
let left: i32 = 0;
/** The input ended too soon, is wrong, or there was more output than may be. */
let failed: bool = false;

/** Whether the bytes begin as gzip does. */
export function looksLikeGzip(from: usize, until: usize): bool {
  return until - from >= 18 && byteAt(from) === 0x1f && byteAt(from + 1) === 0x8b && byteAt(from + 2) === 8;
}

/** Whether the bytes begin as zlib's wrapper does. */
export function looksLikeZlib(from: usize, until: usize): bool {
  return until - from > 2 && (byteAt(from) & 15) === 8 && ((byteAt(from) << 8) | byteAt(from + 1)) % 31 === 0;
}

/** Whether the last inflation stopped before its input's end. */
export function inflatesBadly(): bool {
  return failed;
}

/** Whether it stopped because there would have been more than `most` bytes. */
export function inflatesTooFar(): bool {
  return left < 0;
}

/** Inflates all members of a gzip file into newly reserved memory, followed by a zero byte: at most `most` bytes. Their end. */
export function inflateGzip(from: usize, until: usize, most: i32): usize {
  begin(from, until, most);
  do {
    skipGzipHeader();
    inflateBlocks();
    skipBytes(8);
  } while (!failed && looksLikeGzip(at, end));
  return finish();
}

/** Inflates what HTTP calls `deflate`: in zlib's wrapper, or without one, as some clients send it. */
export function inflateDeflate(from: usize, until: usize, most: i32): usize {
  begin(from, until, most);
  if (looksLikeZlib(from, until)) skipBytes(2);
  inflateBlocks();
  return finish();
}

function begin(from: usize, until: usize, most: i32): void {
  at = from;
  end = until;
  held = 0;
  heldBits = 0;
  start = mark();
  to = start;
  room = start;
  left = most;
  failed = false;
}

function finish(): usize {
  if (to === room) reserve(ROOM);
  store<u8>(to, 0);
  return to;
}

function skipBytes(count: usize): void {
  failed = failed || end - at < count;
  at = failed ? end : at + count;
}

function skipGzipHeader(): void {
  const flags = byteAt(at + 3);
  skipBytes(10);
  if (flags & 4) {
    skipBytes(2);
    if (!failed) skipBytes(load<u16>(at - 2));
  }
  if (flags & 8) skipBytes(find(at, end, 0) + 1 - at);
  if (flags & 16) skipBytes(find(at, end, 0) + 1 - at);
  if (flags & 2) skipBytes(2);
}

function bits(count: i32): i32 {
  while (heldBits < count) {
    if (at >= end) {
      failed = true;
      return 0;
    }
    held |= byteAt(at++) << heldBits;
    heldBits += 8;
  }
  const value = held & ((1 << count) - 1);
  held >>>= count;
  heldBits -= count;
  return value;
}

function symbol(code: usize): i32 {
  let word = 0;
  for (let length = 1; length < 16 && !failed; length++) {
    word = (word << 1) | bits(1);
    const found = symbolWith(code, word, length);
    if (found >= 0) return found;
  }
  failed = true;
  return 0;
}

function put(byte: i32): void {
  if (--left < 0) {
    failed = true;
    return;
  }
  if (to === room) room = reserve(ROOM) + ROOM;
  store<u8>(to++, byte);
}

function inflateBlocks(): void {
  let last = false;
  while (!last && !failed) {
    last = bits(1) === 1;
    const kind = bits(2);
    if (kind === 0) copyStored();
    else if (kind === 1) inflateBlock(fixedLiterals, fixedDistances);
    else if (kind === 2 && readCodes()) inflateBlock(ownLiterals, ownDistances);
    else failed = true;
  }
  held = 0;
  heldBits = 0;
}

function copyStored(): void {
  held = 0;
  heldBits = 0;
  skipBytes(4);
  if (failed) return;
  const length = <i32>load<u16>(at - 4);
  if ((length ^ 0xffff) !== load<u16>(at - 2)) failed = true;
  for (let i = 0; i < length && !failed; i++) put(bits(8));
}

function inflateBlock(literals: usize, distances: usize): void {
  while (!failed) {
    const read = symbol(literals);
    if (failed || read === END_OF_BLOCK) return;
    if (read < END_OF_BLOCK) {
      put(read);
      continue;
    }
    const length = lengthOf(read - 257);
    const distance = <usize>distanceOf(symbol(distances));
    if (distance > to - start) failed = true;
    for (let i = 0; i < length && !failed; i++) put(byteAt(to - distance));
  }
}

function lengthOf(code: i32): i32 {
  if (code > 28) failed = true;
  if (code < 8) return 3 + code;
  if (code === 28) return 258;
  const extra = (code >> 2) - 1;
  return 3 + ((4 + (code & 3)) << extra) + bits(extra);
}

function distanceOf(code: i32): i32 {
  if (code > 29) failed = true;
  if (code < 4) return 1 + code;
  const extra = (code >> 1) - 1;
  return 1 + ((2 + (code & 1)) << extra) + bits(extra);
}

/** Reads a block's own codes. False where they are none. */
function readCodes(): bool {
  const literals = bits(5) + 257;
  const distances = bits(5) + 1;
  const count = bits(4) + 4;
  memory.fill(lengths, 0, 19);
  for (let i = 0; i < count; i++) store<u8>(lengths + byteAt(order + i), bits(3));
  if (!buildCode(ownLiterals, lengths, 19)) return false;
  let i = 0;
  while (i < literals + distances && !failed) {
    const read = symbol(ownLiterals);
    if (read < 16) {
      store<u8>(lengths + i++, read);
      continue;
    }
    const repeated = read === 16 && i > 0 ? byteAt(lengths + i - 1) : 0;
    const times = read === 16 ? 3 + bits(2) : read === 17 ? 3 + bits(3) : 11 + bits(7);
    if (i + times > literals + distances) return false;
    memory.fill(lengths + i, <u8>repeated, times);
    i += times;
  }
  return (
    !failed &&
    buildCode(ownDistances, lengths + literals, distances) &&
    buildCode(ownLiterals, lengths, literals)
  );
}
