import { join, posix, resolve } from 'node:path';
import { isObject, Open } from './values.ts';

export type Call = (argument: unknown, index: number) => unknown;

const isText = (value: unknown): value is string => typeof value === 'string';
/** A regular expression, which is read as a text like any other. */
const isPattern = (text: string) => /^\/.+\/[dgimsuvy]*$/.test(text);

/** Methods of texts. What a regular expression would replace stays. */
const ofTexts: Readonly<Record<string, (text: string, ...given: unknown[]) => unknown>> = {
  split: (text, by) => (isText(by) && !isPattern(by) ? text.split(by) : new Open('split')),
  substring: (text, from, to) => text.substring(Number(from), to === undefined ? undefined : Number(to)),
  slice: (text, from, to) => text.slice(Number(from), to === undefined ? undefined : Number(to)),
  replace: (text, what, by) => (isText(what) && isText(by) ? text.replace(what, () => by) : text),
  replaceAll: (text, what, by) => (isText(what) && isText(by) ? text.replaceAll(what, () => by) : text),
  includes: (text, part) => text.includes(String(part)),
  startsWith: (text, part) => text.startsWith(String(part)),
  endsWith: (text, part) => text.endsWith(String(part)),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  toString: (text: string) => text,
};

/** Methods of lists; the first of what is given is called where it is a function. */
const ofLists: Readonly<Record<string, (list: unknown[], call: Call, ...given: unknown[]) => unknown>> = {
  map: (list, call) => list.map(call),
  flatMap: (list, call) => list.flatMap(call),
  filter: (list, call) => list.filter((item, index) => call(item, index) !== false),
  find: (list, call) => list.find((item, index) => call(item, index) === true),
  some: (list, call) => list.some((item, index) => call(item, index) === true),
  every: (list, call) => list.every((item, index) => call(item, index) === true),
  includes: (list, _, item) =>
    list.some((each) => each instanceof Open) ? new Open('includes') : list.includes(item),
  concat: (list, _, ...given) => list.concat(...given),
  flat: (list) => list.flat(),
  join: (list, _, by = ',') => list.map(String).join(String(by)),
};

const ofObjects: Readonly<Record<string, (value: unknown, ...others: unknown[]) => unknown>> = {
  'Array.isArray': (value) => (value instanceof Open ? new Open('isArray') : Array.isArray(value)),
  String: (value) => (isText(value) || typeof value === 'number' ? String(value) : new Open('String')),
  'Object.assign': (...all) => Object.assign({}, ...all.filter(isObject)),
  'Object.freeze': (value) => value,
  'Object.keys': (value) => (isObject(value) ? Object.keys(value) : new Open('keys')),
  'Object.values': (value) => (isObject(value) ? Object.values(value) : new Open('values')),
  'Object.entries': (value) => (isObject(value) ? Object.entries(value) : new Open('entries')),
  'Object.fromEntries': (value) => (Array.isArray(value) ? Object.fromEntries(value) : new Open('entries')),
};

const paths: Readonly<Record<string, (...parts: string[]) => string>> = {
  'path.join': join,
  'path.resolve': resolve,
  'path.relative': posix.relative,
  'path.dirname': posix.dirname,
  'path.basename': posix.basename,
};

/** What a method of a text or a list gives; undefined for one that is not known. */
export function callMethod(on: unknown, method: string, given: readonly unknown[], call: Call): unknown {
  if (isText(on) && Object.hasOwn(ofTexts, method)) return ofTexts[method]?.(on, ...given);
  if (Array.isArray(on) && Object.hasOwn(ofLists, method)) return ofLists[method]?.(on, call, ...given);
  return undefined;
}

/** What a function of JavaScript or Node.js gives. `folder`: where the framework runs. */
export function callOutside({ way }: Open, given: readonly unknown[], folder: string): unknown {
  if (way === 'process.cwd') return folder;
  const ofPath = paths[way.replace('.default', '').replace('.posix', '')];
  if (ofPath && given.every(isText)) return ofPath(...given);
  const [first, ...others] = given;
  return ofObjects[way]?.(first, ...others) ?? new Open(`${way}()`);
}
