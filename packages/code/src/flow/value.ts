import type { Expression, FunctionSyntax, Position, Statement } from '../syntax/module.ts';
import type { Safety } from './listener.ts';
import type { Scope } from './scope.ts';

/** A place in the program. */
export interface Place extends Position {
  path: string;
}

/** A piece of a text: known, an environment variable, or not known. */
export type TextPart = { text: string } | { environment: string } | { unknown: true };

/** That a value comes from outside, and by which way. */
export interface Taint {
  /** Such as event.body.name. */
  source: string;
  /** From the place where it comes in. */
  places: Place[];
  /** For what it has been made harmless, as by quoting for a shell; names are the caller's. */
  safeFor: readonly string[];
  /** Whether it went through something outside of the program, which may have made something else of it. */
  isChanged?: true;
}

/** A function or a class of the program, with what it sees. */
export interface Closure {
  function?: FunctionSyntax;
  class?: { name: string; bases: Value[]; body: Statement[] };
  scope: Scope;
  path: string;
  /** What the function is called on. */
  self?: Value;
  /** Whether that stays so whatever it is read from, as with `super`. */
  isBound?: boolean;
  /** Whether it is called where it is read. */
  isGetter?: boolean;
  /** What is done around it when it is called. */
  decorators?: readonly Expression[];
}

export interface Fields {
  named: Map<string, Value>;
  /** Items, and what has a computed key. */
  others?: Value;
  /** What computed keys may be. */
  keys?: Value;
}

/** What an expression may be: the union of all that is known of it. Of an unknown value everything is empty. */
export interface Value {
  texts: readonly (readonly TextPart[])[];
  taints: readonly Taint[];
  /** Things outside of the program by the way to them: `child_process.exec`, `boto3.client("s3").put_object`. */
  symbols: readonly string[];
  closures: readonly Closure[];
  fields?: Fields;
}

export const unknown: Value = { texts: [], taints: [], symbols: [], closures: [] };

/** Whether it is not there, or nothing is known of it. */
export const isUnknown = ({ texts, taints, symbols, closures, fields }: Value): boolean =>
  !fields && texts.length + taints.length + symbols.length + closures.length === 0;

/** Alternatives kept of each kind; more say no more. */
const most = 12;
const mostPlaces = 12;
/** Pieces of one text; what follows is not known. */
const mostPieces = 64;
const longestSymbol = 300;

export const ofText = (text: string): Value => ({ ...unknown, texts: [[{ text }]] });
export const ofEnvironment = (name: string): Value => ({ ...unknown, texts: [[{ environment: name }]] });
export const ofSymbol = (symbol: string): Value => ({ ...unknown, symbols: [symbol] });
export const ofFields = (named: Iterable<[string, Value]>, others?: Value): Value => ({
  ...unknown,
  fields: { named: new Map(named), ...(others && { others }) },
});

/** A list of these items. */
export const listOf = (items: readonly Value[]): Value =>
  ofFields(items.map((item, index) => [String(index), item]));

/** The items of a list, in their order; undefined where they are not all known. */
export function itemsOf({ fields }: Value): Value[] | undefined {
  if (!fields || fields.others || ![...fields.named.keys()].every((key) => /^\d+$/.test(key)))
    return undefined;
  return [...fields.named.values()];
}

function union<Item>(
  one: readonly Item[],
  other: readonly Item[],
  key: (item: Item) => unknown,
): readonly Item[] {
  if (other.length === 0) return one;
  if (one.length === 0) return other;
  const known = new Set(one.map(key));
  const added = other.filter((item) => !known.has(key(item)));
  return added.length === 0 ? one : [...one, ...added].slice(0, most);
}

/** Fields that one join or one look at all taints goes through: values may hold themselves, and one another many times over. */
interface Budget {
  left: number;
}
const newBudget = (): Budget => ({ left: 2000 });

function joinFields(
  one: Fields | undefined,
  other: Fields | undefined,
  depth: number,
  budget: Budget,
): Fields | undefined {
  if (!one || !other || one === other) return one ?? other;
  if (depth > 4 || budget.left <= 0) return one;
  budget.left -= other.named.size + 1;
  const named = new Map(one.named);
  for (const [key, value] of other.named)
    named.set(key, joinTwo(named.get(key) ?? unknown, value, depth + 1, budget));
  const others = joinTwo(one.others ?? unknown, other.others ?? unknown, depth + 1, budget);
  const keys = joinTwo(one.keys ?? unknown, other.keys ?? unknown, depth + 1, budget);
  return { named, ...(others !== unknown && { others }), ...(keys !== unknown && { keys }) };
}

const taintKey = ({ source, safeFor }: Taint) => `${source} ${safeFor}`;

function joinTwo(one: Value, other: Value, depth: number, budget: Budget): Value {
  if (one === other || other === unknown) return one;
  if (one === unknown) return other;
  const fields = joinFields(one.fields, other.fields, depth, budget);
  return {
    texts: union(one.texts, other.texts, (text) => JSON.stringify(text)),
    taints: union(one.taints, other.taints, taintKey),
    symbols: union(one.symbols, other.symbols, (symbol) => symbol),
    closures: union(one.closures, other.closures, (closure) => closure.function ?? closure.class?.body),
    ...(fields && { fields }),
  };
}

/** One of these. */
export function join(...values: Value[]): Value {
  const budget = newBudget();
  return values.reduce((one, other) => joinTwo(one, other, 0, budget), unknown);
}

/** What is directly in a value. */
const partsOf = ({ named, others }: Fields): Value[] => [...named.values(), ...(others ? [others] : [])];

/** All taints of a value and of what is in it, to some depth. */
export function taintsOf(value: Value, depth = 0, seen = new Set<Fields>()): readonly Taint[] {
  const { fields, taints } = value;
  if (!fields || depth > 4 || seen.has(fields) || seen.size > 500) return taints;
  seen.add(fields);
  return partsOf(fields).reduce((all, each) => union(all, taintsOf(each, depth + 1, seen), taintKey), taints);
}

/** A value that is harmless for some things; for `all` it is not tainted any more. */
export function makeSafe(value: Value, safety: Safety): Value {
  const add = (taint: Taint) => ({ ...taint, safeFor: [...new Set([...taint.safeFor, ...safety])].sort() });
  return { ...value, taints: safety === 'all' ? [] : value.taints.map(add) };
}

/** Adds a place to the way that tainted values have come. */
export function passPlace(value: Value, place: Place): Value {
  if (value.taints.length === 0) return value;
  const isNew = ({ places }: Taint) => {
    const last = places.at(-1);
    return places.length < mostPlaces && (last?.line !== place.line || last.path !== place.path);
  };
  return {
    ...value,
    taints: value.taints.map((taint) =>
      isNew(taint) ? { ...taint, places: [...taint.places, place] } : taint,
    ),
  };
}

/** A value of which only the taints are known. */
export const tainted = (taints: readonly Taint[]): Value =>
  taints.length === 0 ? unknown : { ...unknown, taints };

/** Characters of a known piece; longer ones are kept in several. */
const longestPiece = 4000;

function put(left: readonly TextPart[], right: readonly TextPart[]): readonly TextPart[] {
  if (left.length >= mostPieces) return left;
  const [last, first] = [left.at(-1), right[0]];
  if (last && first && 'text' in last && 'text' in first && last.text.length < longestPiece)
    return [...left.slice(0, -1), { text: last.text + first.text }, ...right.slice(1)];
  return left.length + right.length > mostPieces ? [...left, { unknown: true }] : [...left, ...right];
}

/** Texts behind one another. */
export function concatenate(values: Value[]): Value {
  const options = (value: Value): readonly (readonly TextPart[])[] =>
    value.texts.length > 0 ? value.texts : [[{ unknown: true }]];
  const texts = values.reduce<(readonly TextPart[])[]>(
    (all, value) => all.flatMap((left) => options(value).map((right) => put(left, right))).slice(0, most),
    [[]],
  );
  const isKnown = texts.some((text) => text.some((part) => !('unknown' in part)));
  const taints = values.reduce<readonly Taint[]>((all, value) => union(all, taintsOf(value), taintKey), []);
  return { ...unknown, taints, texts: isKnown ? texts : [] };
}

const longestSource = 4;

/** `source` with one more step, as long as that says something. */
function deeper(source: string, property: string): string {
  return source.split('.').length < longestSource ? `${source}.${property}` : source;
}

/** What `value.property` is. */
export function memberOf(value: Value, property: string): Value {
  if (property === 'length') return unknown;
  const { fields, symbols, taints, closures } = value;
  const own = fields && (fields.named.get(property) ?? fields.others);
  const variable = symbols.some((symbol) => symbol === 'process.env' || symbol === 'os.environ')
    ? ofEnvironment(property)
    : unknown;
  const bound =
    own && own.closures.length > 0
      ? {
          ...own,
          closures: own.closures.map((closure) => (closure.isBound ? closure : { ...closure, self: value })),
        }
      : own;
  const statics = closures.flatMap((closure) =>
    closure.class && !own ? [{ ...unknown, symbols: [`${closure.class.name}.${property}`] }] : [],
  );
  return join(bound ?? unknown, variable, ...statics, {
    ...unknown,
    symbols: symbols.filter(({ length }) => length < longestSymbol).map((symbol) => `${symbol}.${property}`),
    taints: taints.map((taint) => ({ ...taint, source: deeper(taint.source, property) })),
  });
}

/** What one of the items of `value` is. */
export function itemOf(value: Value): Value {
  const { fields, symbols, taints } = value;
  return join(...(fields ? partsOf(fields) : []), {
    ...unknown,
    taints,
    symbols: symbols.map((symbol) => (symbol.endsWith('[]') ? symbol : `${symbol}[]`)),
  });
}

/** What `value[index]` is: the members that the index may name, or any item where that is not known. */
export function elementOf(value: Value, { texts, taints }: Value): Value {
  const names = texts.map((parts) => parts.map((part) => ('text' in part ? part.text : undefined)));
  const isKnown =
    names.length > 0 && taints.length === 0 && names.every((parts) => !parts.includes(undefined));
  return isKnown ? join(...names.map((parts) => memberOf(value, parts.join('')))) : itemOf(value);
}

/** The same for values that a function would treat alike; what lies deep inside is not looked at. */
export function fingerprint({ texts, taints, symbols, closures, fields }: Value, depth = 0): string {
  const own = [
    JSON.stringify(texts),
    taints.map(({ source, safeFor, isChanged }) => `${source}~${safeFor}~${isChanged ?? ''}`).join(),
    symbols.join(),
    closures
      .map(({ path, function: of, class: made }) => `${path}:${of?.at.line}:${of?.at.column}:${made?.name}`)
      .join(),
  ].join(';');
  if (!fields || depth > 2) return own;
  const named = [...fields.named]
    .slice(0, 16)
    .map(([key, value]) => `${key}=${fingerprint(value, depth + 1)}`);
  return `${own}{${named.join()};${fields.others ? fingerprint(fields.others, depth + 1) : ''}}`;
}

/** The text that a value is, where it is one and no other. */
export function constantOf(value: Value | undefined): string | undefined {
  const [text, ...others] = value?.texts ?? [];
  const [part, ...parts] = text ?? [];
  return part && 'text' in part && parts.length === 0 && others.length === 0 ? part.text : undefined;
}
