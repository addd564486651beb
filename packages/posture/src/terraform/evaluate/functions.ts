import { posix } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { hole, known, literal } from '../../template/substitution.ts';
import type { Scope } from './scope.ts';
import { entriesOf, hasHoles, isLazy, isObject, isOpen, JsonText, Missing, plain, textOf } from './values.ts';

type Call = (given: readonly unknown[], scope: Scope) => unknown;

/** Items of one list: more are made by nobody who means it. */
const MOST_ITEMS = 10_000;

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const keyOf = (value: unknown) => JSON.stringify(plain(value));
const distinct = (list: readonly unknown[]) => [...new Map(list.map((item) => [keyOf(item), item])).values()];
const byText = (left: unknown, right: unknown) => (textOf(left) < textOf(right) ? -1 : 1);

/** A function of texts: one that is not wholly known stays as it is. */
const onText =
  (change: (text: string, ...others: string[]) => string | undefined): Call =>
  ([first, ...others]) => {
    const text = known(textOf(first));
    const rest = others.map((other) => known(textOf(other)) ?? '');
    if (text === undefined) return textOf(first);
    const changed = change(text, ...rest);
    return changed === undefined ? hole('text') : literal(changed);
  };

/** A function of collections that are known. */
const onLists =
  (change: (...lists: unknown[][]) => unknown): Call =>
  (given) =>
    given.every((value) => value === null || isList(value) || isObject(value))
      ? change(...given.map(listOf))
      : undefined;

const onNumbers =
  (change: (...numbers: number[]) => number): Call =>
  (given) => {
    const numbers = given.map((value) => (isOpen(value) ? Number.NaN : Number(value)));
    return numbers.some(Number.isNaN) ? undefined : change(...numbers);
  };

/** What JSON or YAML says; its texts keep their holes. */
export function decode(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function format([pattern, ...values]: readonly unknown[]): string {
  let next = 0;
  return textOf(pattern).replace(
    /%(?:\[(\d+)\])?[-+#0 ]*\d*(?:\.\d+)?([svdqft%])/g,
    (_, at, verb: string) => {
      if (verb === '%') return '%';
      const value = textOf(values[at === undefined ? next++ : Number(at) - 1]);
      return verb === 'q' ? `"${value}"` : value;
    },
  );
}

function flatten(list: readonly unknown[]): unknown[] {
  return list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
}

function lookup([map, key, otherwise]: readonly unknown[]): unknown {
  if (isObject(map) && Object.hasOwn(map, textOf(key))) return map[textOf(key)];
  if (isOpen(map)) return hole('lookup');
  if (otherwise === undefined) throw new Missing(textOf(key));
  return otherwise;
}

function element([list, index]: readonly unknown[]): unknown {
  if (!isList(list) || list.length === 0) return undefined;
  return list[Number(index) % list.length];
}

const firstOf = (given: readonly unknown[], isGiven: (value: unknown) => boolean) => {
  const found = given.find(isGiven);
  if (found === undefined) throw new Missing('coalesce');
  return found;
};

function range([first, second, step = 1]: number[]): number[] {
  const [from, to] = second === undefined ? [0, first ?? 0] : [first ?? 0, second];
  const count = Math.min(Math.max(0, Math.ceil((to - from) / (step || 1))), MOST_ITEMS);
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function replace(text: string, from: string, to: string): string | undefined {
  const [, pattern] = /^\/(.+)\/$/s.exec(from) ?? [];
  if (pattern === undefined) return text.replaceAll(from, () => to);
  // Other regular expressions than of one class of characters may be of another kind, and take for ever.
  const isSimple = /^(\[\^?[\w .:/@-]+\]|\\[wWsSdD])[*+]?$/.test(pattern);
  return isSimple ? text.replace(new RegExp(pattern, 'g'), () => to) : undefined;
}

/** The file with the variables put in, where it has no directives. */
function templateFile([path, variables]: readonly unknown[], scope: Scope): unknown {
  const { text } = scope.readFile(textOf(path)) ?? {};
  if (text === undefined || text.includes('%{')) return undefined;
  const own = isObject(variables) ? variables : {};
  return text.replace(/(\$?)\$\{\s*([^}]*?)\s*\}/g, (whole, dollar: string, name: string) => {
    if (dollar) return `\${!${whole.slice(3)}`;
    return Object.hasOwn(own, name) ? textOf(own[name]) : hole('templatefile()');
  });
}

const same: Call = ([value]) => value;
const toList: Call = ([value]) => (isList(value) || isObject(value) ? distinct(listOf(value)) : value);

/** Functions of Terraform by name. Undefined where the result is not known. */
export const functions: Readonly<Record<string, Call>> = {
  jsonencode: ([value]) => new JsonText(value),
  jsondecode: ([value]) => (value instanceof JsonText ? value.value : decode(textOf(value))),
  yamldecode: ([value]) => (value instanceof JsonText ? value.value : decode(textOf(value))),
  yamlencode: ([value]) => new JsonText(value),

  file: ([path], scope) => {
    const { text } = scope.readFile(textOf(path)) ?? {};
    return text === undefined ? undefined : literal(text);
  },
  templatefile: templateFile,
  abspath: same,
  pathexpand: same,
  basename: onText(posix.basename),
  dirname: onText(posix.dirname),

  format,
  formatlist: (given) => {
    const lists = given.filter(isList);
    return Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, index) =>
      format(given.map((value) => (isList(value) ? value[index] : value))),
    );
  },
  join: ([separator, ...lists]) =>
    lists.some(isOpen) ? undefined : lists.flatMap(listOf).map(textOf).join(textOf(separator)),
  split: ([separator, text]) =>
    hasHoles(text) && !textOf(text).includes(textOf(separator))
      ? undefined
      : textOf(text).split(textOf(separator)),
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  title: onText((text) => text.replace(/\b\w/g, (letter) => letter.toUpperCase())),
  trimspace: onText((text) => text.trim()),
  trimprefix: onText((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: onText((text, suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  chomp: onText((text) => text.replace(/[\r\n]+$/, '')),
  substr: onText((text, offset = '0', length = '-1') =>
    Number(length) < 0 ? text.slice(Number(offset)) : text.slice(Number(offset)).slice(0, Number(length)),
  ),
  replace: onText((text, from = '', to = '') => replace(text, from, to)),
  startswith: ([text, prefix]) => textOf(text).startsWith(textOf(prefix)),
  endswith: ([text, suffix]) => textOf(text).endsWith(textOf(suffix)),
  strcontains: ([text, part]) => textOf(text).includes(textOf(part)),
  base64encode: same,

  tostring: ([value]) => (value === null || isLazy(value) ? value : textOf(value)),
  tonumber: onNumbers((value) => value),
  tobool: ([value]) => (value === 'true' ? true : value === 'false' ? false : value),
  // Of Terraform before 0.12.
  list: (given) => [...given],
  map: (given) =>
    Object.fromEntries(
      given.flatMap((key, index) => (index % 2 === 0 ? [[textOf(key), given[index + 1]]] : [])),
    ),
  tolist: same,
  tomap: same,
  toset: toList,
  sensitive: same,
  nonsensitive: same,

  length: ([value]) => (typeof value === 'string' ? known(value)?.length : entriesOf(value)?.length),
  concat: onLists((...lists) => lists.flat()),
  flatten: ([list]) => (isList(list) ? flatten(list) : undefined),
  compact: onLists((list = []) => list.filter((item) => item !== null && item !== '')),
  distinct: onLists((list = []) => distinct(list)),
  sort: onLists((list = []) => [...list].sort(byText)),
  reverse: onLists((list = []) => [...list].reverse()),
  slice: ([list, from, to]) => (isList(list) ? list.slice(Number(from), Number(to)) : undefined),
  chunklist: same,
  element,
  one: ([list]) => (isList(list) ? (list[0] ?? null) : undefined),
  contains: ([list, value]) => (isList(list) ? list.some((item) => keyOf(item) === keyOf(value)) : undefined),
  index: ([list, value]) =>
    isList(list) ? list.findIndex((item) => keyOf(item) === keyOf(value)) : undefined,
  range: (given) => range(given.map(Number)),
  setunion: onLists((...lists) => distinct(lists.flat())),
  setsubtract: onLists((list = [], without = []) => {
    const gone = new Set(without.map(keyOf));
    return list.filter((item) => !gone.has(keyOf(item)));
  }),
  setproduct: onLists((first = [], second = [], ...more) =>
    more.length > 0 || first.length * second.length > MOST_ITEMS
      ? undefined
      : first.flatMap((one) => second.map((other) => [one, other])),
  ),

  merge: (given) => (given.some(isOpen) ? undefined : Object.assign({}, ...given.filter(isObject))),
  keys: ([map]) => (isObject(map) ? Object.keys(map).sort() : undefined),
  values: ([map]) =>
    isObject(map)
      ? Object.keys(map)
          .sort()
          .map((key) => map[key])
      : undefined,
  lookup,
  zipmap: ([keys, values]) =>
    isList(keys) && isList(values)
      ? Object.fromEntries(keys.map((key, index) => [textOf(key), values[index]]))
      : undefined,
  coalesce: (given) => firstOf(given, (value) => value !== null && value !== ''),
  coalescelist: (given) => firstOf(given, (value) => isList(value) && value.length > 0),

  min: onNumbers(Math.min),
  max: onNumbers(Math.max),
  ceil: onNumbers(Math.ceil),
  floor: onNumbers(Math.floor),
  abs: onNumbers(Math.abs),
};
