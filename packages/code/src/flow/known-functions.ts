import { fillBraces, fillFormat } from './fill-format.ts';
import type { OutsideCall } from './listener.ts';
import { partly } from './partly.ts';
import {
  concatenate,
  constantOf,
  elementOf,
  itemOf,
  itemsOf,
  join,
  memberOf,
  ofFields,
  ofText,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';
import { wrappedIn } from './wrappers.ts';

type Call = (called: Value, given: Value[], named?: ReadonlyMap<string, Value>) => Value;
type Known = (call: OutsideCall, callValue: Call) => Value | undefined;

const [first, second]: [Known, Known] = [
  ({ arguments: [value] }) => value,
  ({ arguments: [, value] }) => value,
];

/** Something is put into a list or a map. */
const putIn: Known = ({ receiver, arguments: given }) => {
  const { fields } = receiver;
  if (!fields) return undefined;
  fields.others = join(fields.others ?? unknown, ...given);
  return receiver;
};

/** A map with what it is made of: `[['a', x], ['b', y]]`, or another. */
function mapOf(entries: Value = unknown): Value {
  const pairs = itemsOf(entries);
  const map = ofFields(pairs || !entries.fields ? [] : entries.fields.named);
  for (const pair of pairs ?? []) setMember(map, pair.fields?.named.get('0'), pair.fields?.named.get('1'));
  return join(map, tainted(taintsOf(entries)));
}

/** Something is put into a map under a name, or under one that is not known. */
function setMember(map: Value, key: Value | undefined, value: Value = unknown): Value | undefined {
  const { fields } = map;
  if (!fields) return undefined;
  const name = constantOf(key);
  if (name === undefined) fields.others = join(fields.others ?? unknown, value);
  else fields.named.set(name, join(fields.named.get(name) ?? unknown, value));
  return map;
}

const valuesOf = (value: Value | undefined): Value | undefined =>
  value?.fields && join(ofFields([], itemOf(value)), tainted(value.taints));

/** The members of an object as pairs of their names and values. */
function pairsOf(value: Value | undefined): Value | undefined {
  if (!value?.fields) return undefined;
  const { named, others } = value.fields;
  const pairs = [...named].map(([name, member]): [string, Value] => [
    name,
    ofFields([
      ['0', ofText(name)],
      ['1', member],
    ]),
  ]);
  const other = others && ofFields([['1', others]]);
  return join(ofFields([], join(...pairs.map(([, pair]) => pair), other ?? unknown)), tainted(value.taints));
}

/** A text that is known whole, in capitals or not. */
const changeCase =
  (change: (text: string) => string): Known =>
  ({ receiver }) => {
    const text = constantOf(receiver);
    return text === undefined ? undefined : join(ofText(change(text)), tainted(taintsOf(receiver)));
  };

/** Blanks around a name don't matter. */
const trimmed: Known = ({ receiver, arguments: given }) =>
  receiver.texts.length > 0 && given.length === 0 ? receiver : undefined;

/** A member of a dataclass, of attrs or of a model is its default. */
const ofDefault: Known = ({ arguments: [value], named }, callValue) => {
  const made = named.get('default_factory') ?? named.get('factory');
  return made ? callValue(made, []) : (named.get('default') ?? value);
};

/** Each item is passed through a function. */
const eachThrough =
  (list: (call: OutsideCall) => Value | undefined, by: (call: OutsideCall) => Value | undefined): Known =>
  (call, callValue) => {
    const [items, called] = [list(call), by(call)];
    return items && called && (called.closures.length > 0 || called.symbols.length > 0)
      ? ofFields([], callValue(called, [itemOf(items), unknown, items]))
      : undefined;
  };
const onReceiver = ({ receiver }: OutsideCall) => receiver;
const firstArgument = ({ arguments: [value] }: OutsideCall) => value;
const secondArgument = ({ arguments: [, value] }: OutsideCall) => value;

/** Items are put together by a function. */
const reduced: Known = ({ receiver, arguments: [called, initial = unknown] }, callValue) =>
  called && receiver.fields
    ? join(initial, callValue(called, [initial, itemOf(receiver), unknown, receiver]))
    : undefined;

const known: Record<string, Known> = {
  'util.promisify': first,
  promisify: first,
  'Promise.resolve': first,
  'Promise.all': first,
  'Promise.allSettled': first,
  'Object.freeze': first,
  structuredClone: first,
  String: first,
  str: first,
  list: first,
  tuple: first,
  dict: ({ arguments: [value], named }) => value ?? ofFields(named),
  'dataclasses.field': ofDefault,
  'attr.ib': ofDefault,
  'attrs.field': ofDefault,
  'pydantic.Field': ofDefault,
  'asyncio.run': first,
  'asyncio.create_task': first,
  'functools.wraps': () => unknown,
  'functools.partial': (call) => partly(call, call.arguments[0], call.arguments.slice(1)),
  Map: ({ arguments: [entries] }) => mapOf(entries),
  'Object.entries': ({ arguments: [value] }) => pairsOf(value),
  'Object.values': ({ arguments: [value] }) => valuesOf(value),
  'Object.fromEntries': ({ arguments: [entries] }) => mapOf(entries),
  '.items': ({ receiver }) => pairsOf(receiver),
  '.values': ({ receiver }) => valuesOf(receiver),
  'typing.cast': second,
  getattr: ({ arguments: [value, name] }) => (value && name ? elementOf(value, name) : undefined),
  'util.format': ({ arguments: [format, ...given] }) => format && fillFormat(format, given),
  'Object.assign': ({ arguments: [target = unknown, ...others] }) => {
    for (const [name, value] of others.flatMap(({ fields }) => [...(fields?.named ?? [])]))
      target.fields?.named.set(name, value);
    return join(target, ...others);
  },
  map: eachThrough(secondArgument, firstArgument),
  '.map': eachThrough(onReceiver, firstArgument),
  '.flatMap': eachThrough(onReceiver, firstArgument),
  '.then': ({ receiver, arguments: [called] }, callValue) =>
    called ? callValue(called, [receiver]) : undefined,
  '.finally': ({ receiver }) => receiver,
  '.bind': (call) =>
    call.arguments.length > 1 ? partly(call, call.receiver, call.arguments.slice(1)) : call.receiver,
  '.reduce': reduced,
  '.reduceRight': reduced,
  '.upper': changeCase((text) => text.toUpperCase()),
  '.lower': changeCase((text) => text.toLowerCase()),
  '.toUpperCase': changeCase((text) => text.toUpperCase()),
  '.toLowerCase': changeCase((text) => text.toLowerCase()),
  '.trim': trimmed,
  '.strip': trimmed,
  '.toString': trimmed,
  '.call': ({ receiver, arguments: given }, callValue) =>
    receiver.closures.length > 0 ? callValue(receiver, given.slice(1)) : undefined,
  '.get': ({ receiver, arguments: [key, otherwise] }) => {
    const name = constantOf(key);
    if (name === undefined) return receiver.fields ? join(itemOf(receiver), otherwise ?? unknown) : undefined;
    return receiver.taints.length === 0 && !receiver.fields
      ? undefined
      : join(memberOf(receiver, name), otherwise ?? unknown);
  },
  '.push': putIn,
  '.unshift': putIn,
  '.append': putIn,
  '.extend': putIn,
  '.add': putIn,
  '.set': ({ receiver, arguments: [key, value] }) => setMember(receiver, key, value),
  '.setdefault': ({ receiver, arguments: [key, value] }) => setMember(receiver, key, value) && value,
  '.update': ({ receiver, arguments: [other], named }) => {
    for (const [name, value] of [...(other?.fields?.named ?? []), ...named])
      receiver.fields?.named.set(name, value);
    return receiver.fields ? receiver : undefined;
  },
  '.concat': ({ receiver, arguments: given }) =>
    receiver.fields ? join(receiver, ...given) : concatenate([receiver, ...given]),
  '.format': ({ receiver, arguments: given, named }) => fillBraces(receiver, given, named),
  '.%': ({ receiver, arguments: [given = unknown] }) =>
    fillFormat(receiver, itemsOf(given) ?? [given], given.fields?.named),
  '.join': ({ receiver, arguments: [other] }) => {
    // Of JavaScript's the receiver is the list, of Python's the argument.
    const [list, between] = receiver.fields ? [receiver, other ?? ofText(',')] : [other, receiver];
    if (!list) return undefined;
    const items = itemsOf(list);
    const text = items?.flatMap((item, index) => (index === 0 ? [item] : [between, item]));
    return join(text ? concatenate(text) : unknown, tainted(taintsOf(list)), tainted(taintsOf(between)));
  },
};

const executor = /^concurrent\.futures\.(?:thread\.|process\.)?\w+Executor\(\)\.(submit|map)$/;

/** What runs a function of its caller at another time, by the place where the function is. */
function inBackground({ symbol, arguments: given, named }: OutsideCall, callValue: Call): Value | undefined {
  const [, method] = executor.exec(symbol) ?? [];
  const at =
    method !== undefined || symbol === 'asyncio.to_thread' ? 0 : symbol.endsWith('.run_in_executor') ? 1 : -1;
  const called = given[at];
  if (!called) return undefined;
  const rest = given.slice(at + 1);
  const result = callValue(called, method === 'map' ? rest.map(itemOf) : rest, named);
  return method === 'map' ? ofFields([], result) : result;
}

/** What well-known functions give back, which would be lost if all were taken to mix what they get. Undefined for all others. */
export const callKnown: Known = (call, callValue) =>
  Object.hasOwn(known, call.symbol)
    ? known[call.symbol]?.(call, callValue)
    : (wrappedIn(call) ?? inBackground(call, callValue));
