// The WAAS section of a compiled policy: what one function's rule says. It is kept as it came, at the bottom of memory, and
// read where it lies; `packages/policy` writes it (docs/architecture.md has the format).
import { matchesGlob } from './base/glob';
import { holdsAddress, NETWORK_BYTES } from './base/network';
import { Class } from './classes';
import { readShapes, resetShapes } from './shape/tables';

export enum Effect {
  DISABLE,
  ALERT,
  PREVENT,
  BAN,
}

export function effectName(effect: Effect): string {
  switch (effect) {
    case Effect.ALERT:
      return 'alert';
    case Effect.PREVENT:
      return 'prevent';
    case Effect.BAN:
      return 'ban';
    default:
      return 'disable';
  }
}

const FORMAT: i32 = 1;
/** format, onError, records, confidence, status u16, ban seconds u32, one effect for each class with a switch, then the lists. */
const EFFECTS_AT: usize = 10;
const LISTS_AT: usize = EFFECTS_AT + <usize>Class.SOURCE;

let section: usize = 0;
let sectionEnd: usize = 0;
let bodyAt: usize = 0;
let typeAt: usize = 0;
let allowAt: usize = 0;
let denyAt: usize = 0;
let exceptionsAt: usize = 0;
let patternsAt: usize = 0;
/** Protections that are on, as bits by class. Without settings, all alert. */
let enabled: i32 = (1 << Class.SOURCE) - 1;

/** Where reading went past the end, or found what can't be. */
let broken: bool = false;

function take(at: usize, size: usize): usize {
  if (sectionEnd - at < size) {
    broken = true;
    return sectionEnd;
  }
  return at + size;
}

function countAt(at: usize): i32 {
  return sectionEnd - at < 2 ? 0 : load<u16>(at);
}

/** Behind a text with its length before it. */
function skipText(at: usize): usize {
  const next = take(at, 2);
  return broken ? next : take(next, countAt(at));
}

function skipNetworks(at: usize): usize {
  const next = take(at, 2);
  return broken ? next : take(next, <usize>countAt(at) * NETWORK_BYTES);
}

/** Takes over a section, from `at` to `end`; the bytes must stay. False where they are no such section: nothing has changed then but that all protections alert. */
export function readSettings(at: usize, end: usize): bool {
  section = 0;
  sectionEnd = end;
  enabled = (1 << Class.SOURCE) - 1;
  resetShapes();
  broken = end - at < LISTS_AT || load<u8>(at) !== FORMAT;
  if (broken) return false;
  typeAt = at + LISTS_AT;
  bodyAt = skipText(typeAt);
  allowAt = skipText(bodyAt);
  denyAt = skipNetworks(allowAt);
  exceptionsAt = skipNetworks(denyAt);
  patternsAt = take(exceptionsAt, 2);
  for (let i = countAt(exceptionsAt); i > 0 && !broken; i--) patternsAt = skipException(patternsAt);
  let last = take(patternsAt, 2);
  for (let i = countAt(patternsAt); i > 0 && !broken; i--) last = skipPattern(last);
  if (broken || (last !== end && !readShapes(last, end))) return false;
  enabled = 0;
  for (let kind = 0; kind < Class.SOURCE; kind++) {
    const effect = <i32>load<u8>(at + EFFECTS_AT + kind);
    if (effect > Effect.BAN) return false;
    if (effect !== Effect.DISABLE) enabled |= 1 << kind;
  }
  section = at;
  return true;
}

/** classes u32, field, networks */
function skipException(at: usize): usize {
  return skipNetworks(skipText(take(at, 4)));
}

/** name, pattern */
function skipPattern(at: usize): usize {
  return skipText(skipText(at));
}

export function isOn(kind: Class): bool {
  return (enabled & (1 << kind)) !== 0;
}

/** What is to happen on a verdict of this class and confidence: below the confidence that the rule asks for, it is only told. */
export function effectOf(kind: Class, confidence: i32): Effect {
  if (kind === Class.SOURCE) return Effect.PREVENT;
  if (!section) return Effect.ALERT;
  const effect = <i32>load<u8>(section + EFFECTS_AT + kind);
  return confidence < <i32>load<u8>(section, 3) ? min<i32>(effect, Effect.ALERT) : effect;
}

/** Whether an event that could not be judged fully is kept from the function. */
export function isClosedOnError(): bool {
  return section !== 0 && load<u8>(section, 1) === 1;
}

/** Whether a refused record is taken out of the queue, and not left there to fail. */
export function dropsRecords(): bool {
  return section !== 0 && load<u8>(section, 2) === 1;
}

/** The status of a refusal to an HTTP client. */
export function refusalStatus(): i32 {
  return section ? load<u16>(section, 4) : 403;
}

export function banSeconds(): i32 {
  return section ? load<u32>(section, 6) : 600;
}

/** The refusal's content type and body: a length (u16), and the text; 0 where the rule has none. */
export function refusalType(): usize {
  return section ? typeAt : 0;
}

export function refusalBody(): usize {
  return section ? bodyAt : 0;
}

function isIn(list: usize, address: usize): bool {
  let network = list + 2;
  for (let i = countAt(list); i > 0; i--, network += NETWORK_BYTES)
    if (holdsAddress(network, address)) return true;
  return false;
}

/** Whether the rule trusts the source's address, so that nothing of it is judged. */
export function isAllowedSource(address: usize): bool {
  return section !== 0 && isIn(allowAt, address);
}

export function isDeniedSource(address: usize): bool {
  return section !== 0 && isIn(denyAt, address);
}

/** Whether an exception silences this class in the field, for this source (0 where its address is not known). */
export function isExcepted(kind: Class, path: usize, pathEnd: usize, address: usize): bool {
  if (!section) return false;
  let at = exceptionsAt + 2;
  for (let i = countAt(exceptionsAt); i > 0; i--) {
    const field = at + 4;
    const networks = skipText(field);
    const isOfClass = (load<u32>(at) & (1 << kind)) !== 0;
    const isOfSource = countAt(networks) === 0 || (address !== 0 && isIn(networks, address));
    if (isOfClass && isOfSource && matchesGlob(field + 2, networks, path, pathEnd)) return true;
    at = skipNetworks(networks);
  }
  return false;
}

/** The first custom pattern, as a place for `patternMatches` and `nextPattern`; 0 where there is none (any more). */
export function firstPattern(): usize {
  return section && countAt(patternsAt) > 0 ? patternsAt + 2 : 0;
}

export function nextPattern(pattern: usize): usize {
  const next = skipPattern(pattern);
  return next < sectionEnd ? next : 0;
}

export function patternMatches(pattern: usize, at: usize, end: usize): bool {
  const text = skipText(pattern);
  return matchesGlob(text + 2, skipText(text), at, end);
}
