// Takes a path apart, whatever it separates its folders with, and keeps count of how far it leads up.
import { byteAt, Is, is, lower } from '../../base/bytes';
import { hashByte, NO_BYTES } from '../../base/words';
import { Paths, pathsWord } from '../../build/paths-words';

/** What was found on the way, see the functions below. */
let separators: i32 = 0;
let ups: i32 = 0;
let depth: i32 = 0;
let escapes: bool = false;
let names: i32 = 0;
let sensitive: bool = false;
let oddDots: i32 = 0;
let firstSets: i32 = 0;
let secondSets: i32 = 0;
let lastExtension: i32 = 0;
let hasExtension: bool = false;
/** Whether the second name belongs to the first one: `/dev/tcp`, `/root/.x`. */
let belongs: bool = false;
/** The path begins with a drive of Windows. */
let drive: bool = false;
/** A folder was passed that is the system's in a file system, but a word in an address: `/etc`, `/windows`. */
let inSystem: bool = false;

/** How many separators there are, of any kind; without one it is no path. */
export function separatorCount(): i32 {
  return separators;
}

/** Segments that lead up: `..`, and what some parsers take for it. */
export function upCount(): i32 {
  return ups;
}

/** Whether the path leads out of where it began. */
export function leadsOut(): bool {
  return escapes;
}

/** Whether it names a folder or file that attackers are after. */
export function isSensitive(): bool {
  return sensitive;
}

/** Segments of one dot between backslashes, which no program writes. */
export function oddDotCount(): i32 {
  return oddDots;
}

/** The sets of words that hold the first and the second name, and the last name's extension (or all of it, where it has none). */
export function setsOfFirst(): i32 {
  return firstSets;
}

export function setsOfSecond(): i32 {
  return secondSets;
}

export function setsOfExtension(): i32 {
  return lastExtension;
}

/** Whether the last name has an extension. */
export function endsWithExtension(): bool {
  return hasExtension;
}

/** Whether the first name is a folder of the system, and the second one stands in it. */
export function isOfSystem(): bool {
  return (firstSets & Paths.ROOT && names > 1) || (firstSets & Paths.SYSTEM && belongs);
}

/** How long the separator at `at` is: one slash of either kind, or one in hexadecimal (`0x2f`); 0 where there is none. */
export function separatorAt(at: usize, end: usize): i32 {
  const byte = byteAt(at);
  if (byte === 0x2f || byte === 0x5c) return 1;
  if (byte !== 0x30 || end - at < 4 || byteAt(at + 1) !== 0x78) return 0;
  const high = byteAt(at + 2);
  const low = byteAt(at + 3) | 0x20;
  return (high === 0x32 && low === 0x66) || (high === 0x35 && low === 0x63) ? 4 : 0;
}

/** How long the dot at `at` is, `0x2e` included; 0 where there is none. */
function dotAt(at: usize, end: usize): i32 {
  if (byteAt(at) === 0x2e) return 1;
  return byteAt(at) === 0x30 &&
    end - at >= 4 &&
    byteAt(at + 1) === 0x78 &&
    byteAt(at + 2) === 0x32 &&
    (byteAt(at + 3) | 0x20) === 0x65
    ? 4
    : 0;
}

/** What may stand between and behind dots without changing what careless parsers make of them. */
function isFiller(byte: i32): bool {
  return byte === 0 || byte === 0x3f || byte === 0x3b || byte === 0x25 || byte === 0x5e || byte >= 0x80;
}

/** Reads the path from `at` to `end`. */
export function readSegments(at: usize, end: usize): void {
  separators = 0;
  ups = 0;
  depth = 0;
  escapes = false;
  names = 0;
  sensitive = false;
  oddDots = 0;
  firstSets = 0;
  secondSets = 0;
  lastExtension = 0;
  belongs = false;
  inSystem = false;
  drive = is(byteAt(at), Is.LETTER) && byteAt(at + 1) === 0x3a;
  while (at < end) {
    const separator = separatorAt(at, end);
    if (separator > 0) separators++;
    at = separator > 0 ? at + separator : readSegment(at, end);
  }
}

function readSegment(at: usize, end: usize): usize {
  const start = at;
  let dots = 0;
  while (at < end) {
    const dot = dotAt(at, end);
    if (dot > 0) {
      dots++;
      at += dot;
    } else if (isFiller(byteAt(at)) && separatorAt(at, end) === 0) at++;
    else break;
  }
  if (at >= end || separatorAt(at, end) > 0) {
    if (dots >= 2) goUp();
    else if (dots === 1 && (at > start + 1 || byteAt(at) === 0x5c)) oddDots++;
    return at;
  }
  if (dots >= 2) {
    // `..etc`: dots that a filter was meant to leave behind.
    goUp();
    return readName(at, end);
  }
  return readName(start, end);
}

function goUp(): void {
  ups++;
  depth--;
  if (depth < 0) escapes = true;
}

function readName(at: usize, end: usize): usize {
  let hash = NO_BYTES;
  let extension = NO_BYTES;
  const isHidden = byteAt(at) === 0x2e;
  hasExtension = false;
  while (at < end && separatorAt(at, end) === 0) {
    const byte = lower(byteAt(at));
    if (isEndOfName(byte)) break;
    hash = hashByte(hash, byte);
    if (byte === 0x2e || byte === 0x5f) {
      extension = NO_BYTES;
      hasExtension = true;
    } else extension = hashByte(extension, byte);
    at++;
  }
  const isLast = at >= end || separatorAt(at, end) === 0;
  const sets = pathsWord(hash);
  if (names === 0) firstSets = sets;
  if (names === 1) {
    secondSets = sets;
    belongs = isHidden || (sets & Paths.UNDER) !== 0;
  }
  names++;
  depth++;
  if (isLast) {
    if (sets & Paths.FILE || (sets & Paths.COMMON_FILE && (drive || ups > 0 || inSystem))) sensitive = true;
    lastExtension = hasExtension ? pathsWord(extension) : sets;
  } else if (sets & Paths.FOLDER || (sets & Paths.COMMON_FOLDER && (drive || ups > 0))) sensitive = true;
  else if (sets & Paths.COMMON_FOLDER) inSystem = true;
  while (at < end && separatorAt(at, end) === 0) at++;
  return at;
}

/** A zero byte, a query or a fragment cut the name for whoever opens it. */
function isEndOfName(byte: i32): bool {
  return (
    byte === 0 ||
    byte === 0x3f ||
    byte === 0x23 ||
    byte === 0x3b ||
    byte === 0x25 ||
    byte === 0x5e ||
    is(byte, Is.SPACE)
  );
}
