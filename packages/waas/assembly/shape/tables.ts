// The shapes of a compiled policy, read where they lie: texts, nodes and routes, which refer to each other by number. A node
// refers to nodes before it only, so that none holds itself.
import { byteAt } from '../base/bytes';
import { reserve } from '../base/memory';

export enum Type {
  NULL = 1,
  BOOLEAN = 2,
  INTEGER = 4,
  NUMBER = 8,
  STRING = 16,
  ARRAY = 32,
  OBJECT = 64,
  ANY = 127,
  /** What may be written as text. */
  SCALAR = 30,
}

/** What a node says beside its types, in the order in which it is written. */
export enum Part {
  TEXTS = 1,
  NUMBERS = 2,
  LENGTHS = 4,
  FORMAT = 8,
  RANGE = 16,
  ITEMS = 32,
  MEMBERS = 64,
}

/** Stands for no node: what is not there is not checked, and what may not be there is not expected. */
export const NONE: i32 = 0xffff;
export const REQUIRED: i32 = 0x8000;
const FORMATS: i32 = 6;

/** Addresses, u32 each. */
let texts: usize = 0;
let nodes: usize = 0;
let textCount: i32 = 0;
let nodeCount: i32 = 0;
let routes: usize = 0;
let routeCount: i32 = 0;

let at: usize = 0;
let end: usize = 0;
let broken: bool = false;

/** Goes on by `size` bytes. Where they begin; a zero where they are not all there. */
function take(size: usize): usize {
  if (broken || end - at < size) {
    broken = true;
    return zero;
  }
  at += size;
  return at - size;
}

const zero: usize = memory.data(8);

function number(): i32 {
  return load<u16>(take(2));
}

function expect(right: bool): void {
  if (!right) broken = true;
}

/** Forgets all shapes. */
export function resetShapes(): void {
  textCount = 0;
  nodeCount = 0;
  routeCount = 0;
}

/** Takes over the shapes from `from` to the end of the section. False where they are none; there are no shapes then. */
export function readShapes(from: usize, to: usize): bool {
  resetShapes();
  at = from;
  end = to;
  broken = false;
  const manyTexts = number();
  texts = reserve(manyTexts << 2);
  for (let i = 0; i < manyTexts && !broken; i++) readText(i);
  textCount = manyTexts;
  const manyNodes = number();
  expect(manyNodes < REQUIRED);
  nodes = reserve(manyNodes << 2);
  for (; nodeCount < manyNodes && !broken; nodeCount++) readNode();
  const manyRoutes = number();
  routes = at;
  for (let i = 0; i < manyRoutes && !broken; i++) readRoute();
  if (broken || at !== end) return false;
  routeCount = manyRoutes;
  return true;
}

/** `u16 length, bytes`; in ascending order. */
function readText(index: i32): void {
  const text = at;
  take(number());
  if (broken) return;
  store<u32>(texts + ((<usize>index) << 2), text);
  if (index > 0)
    expect(compareTexts(textOf(index - 1) + 2, lengthOf(textOf(index - 1)), text + 2, lengthOf(text)) < 0);
}

function readNode(): void {
  store<u32>(nodes + ((<usize>nodeCount) << 2), at);
  const types = byteAt(take(1));
  const parts = byteAt(take(1));
  expect(types <= Type.ANY && parts <= 127);
  if (parts & Part.TEXTS) readAscending(2);
  if (parts & Part.NUMBERS) readNumbers();
  if (parts & Part.LENGTHS) take(8);
  if (parts & Part.FORMAT) expect(byteAt(take(1)) < FORMATS);
  if (parts & Part.RANGE) take(16);
  if (parts & Part.ITEMS) {
    take(8);
    expectNode(number());
  }
  if (parts & Part.MEMBERS) {
    const additional = number();
    if (additional !== NONE) expectNode(additional);
    const required = number();
    expect(readAscending(4) === required);
  }
}

function expectNode(node: i32): void {
  expect(node < nodeCount);
}

/** A list of entries that begin with the number of a text, in ascending order; behind it members have their node. How many are required. */
function readAscending(size: usize): i32 {
  let required = 0;
  let last = -1;
  for (let i = number(); i > 0 && !broken; i--) {
    const entry = take(size);
    const text = <i32>load<u16>(entry);
    expect(text > last && text < textCount);
    last = text;
    if (size === 2) continue;
    const node = <i32>load<u16>(entry, 2);
    expectNode(node & ~REQUIRED);
    if (node & REQUIRED) required++;
  }
  return required;
}

function readNumbers(): void {
  let last = -f64.MAX_VALUE;
  for (let i = number(); i > 0 && !broken; i--) {
    const value = load<f64>(take(8));
    expect(value >= last);
    last = value;
  }
}

/** `text method, text path, u8 what the body may be, u16 node` for each place. */
function readRoute(): void {
  take(number());
  take(number());
  take(1);
  for (let place = 0; place < PLACES; place++) {
    const node = number();
    if (node !== NONE) expectNode(node);
  }
}

/** Where a request has what is checked; the order is that of a route's nodes. */
export enum Place {
  PATH,
  QUERY,
  HEADER,
  COOKIE,
  JSON,
  FORM,
  MULTIPART,
}

const PLACES: i32 = 7;

/** What a route says of the body as a whole. */
export enum Body {
  REQUIRED = 1,
  /** It may also be something that is not checked. */
  OTHER = 2,
}

/** The first route, as a place for what follows; 0 where there is none (any more). */
export function firstRoute(): usize {
  return routeCount > 0 ? routes : 0;
}

export function nextRoute(route: usize): usize {
  const next = bodyOf(route) + 1 + 2 * PLACES;
  return next < end ? next : 0;
}

/** The method and the path are texts, with their length (u16) before them. An empty method stands for any. */
export function methodOf(route: usize): usize {
  return route;
}

export function templateOf(route: usize): usize {
  return textEnd(route);
}

function bodyOf(route: usize): usize {
  return textEnd(textEnd(route));
}

/** What may be the body, as bits of `Body`. */
export function bodyFlags(route: usize): i32 {
  return byteAt(bodyOf(route));
}

/** The node for a place of the request, or NONE. */
export function nodeFor(route: usize, place: Place): i32 {
  return load<u16>(bodyOf(route) + 1 + ((<usize>place) << 1));
}

/** Behind the text with its length before it. */
export function textEnd(text: usize): usize {
  return text + 2 + <usize>lengthOf(text);
}

function lengthOf(text: usize): i32 {
  return load<u16>(text);
}

function textOf(index: i32): usize {
  return load<u32>(texts + ((<usize>index) << 2));
}

function nodeOf(node: i32): usize {
  return load<u32>(nodes + ((<usize>node) << 2));
}

/** The types that fit, as bits of `Type`. */
export function typesOf(node: i32): i32 {
  return byteAt(nodeOf(node));
}

function partsOf(node: i32): i32 {
  return byteAt(nodeOf(node) + 1);
}

/** Whether everything fits. */
export function fitsAll(node: i32): bool {
  return typesOf(node) === Type.ANY && partsOf(node) === 0;
}

/** Where a part of the node stands; 0 where it has none. */
export function partOf(node: i32, part: Part): usize {
  const parts = partsOf(node);
  if (!(parts & part)) return 0;
  let place = nodeOf(node) + 2;
  for (let before = 1; before < part; before <<= 1) if (parts & before) place += sizeOf(before, place);
  return place;
}

function sizeOf(part: Part, place: usize): usize {
  switch (part) {
    case Part.TEXTS:
      return 2 + 2 * <usize>load<u16>(place);
    case Part.NUMBERS:
      return 2 + 8 * <usize>load<u16>(place);
    case Part.LENGTHS:
      return 8;
    case Part.FORMAT:
      return 1;
    case Part.RANGE:
      return 16;
    default:
      return 10;
  }
}

function compareTexts(left: usize, leftLength: i32, right: usize, rightLength: i32): i32 {
  const order = memory.compare(left, right, min(leftLength, rightLength));
  return order !== 0 ? order : leftLength - rightLength;
}

/** The number of the text from `from` to `to`; -1 where no shape has it. */
export function findText(from: usize, to: usize): i32 {
  let low = 0;
  let high = textCount - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const text = textOf(middle);
    const order = compareTexts(from, <i32>(to - from), text + 2, lengthOf(text));
    if (order === 0) return middle;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return -1;
}

/** Which of the list's entries (their number before them, `size` bytes each) begins with the number of this text; -1 where none does. */
export function findEntry(list: usize, size: usize, text: i32): i32 {
  let low = 0;
  let high = <i32>load<u16>(list) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = <i32>load<u16>(list + 2 + <usize>middle * size);
    if (found === text) return middle;
    if (text < found) high = middle - 1;
    else low = middle + 1;
  }
  return -1;
}

/** The name of a member of the list, a text with its length before it. */
export function nameOf(list: usize, index: i32): usize {
  return textOf(load<u16>(list + 2 + ((<usize>index) << 2)));
}
