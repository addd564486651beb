import type { OutsideCall } from './listener.ts';
import {
  concatenate,
  constantOf,
  elementOf,
  itemOf,
  join,
  memberOf,
  ofFields,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';

type Call = (called: Value, given: Value[]) => Value;
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
  'asyncio.run': first,
  'asyncio.create_task': first,
  'functools.wraps': () => unknown,
  'typing.cast': second,
  getattr: ({ arguments: [value, name] }) => (value && name ? elementOf(value, name) : undefined),
  'util.format': ({ arguments: given }) => concatenate(given),
  'Object.assign': ({ arguments: given }) => join(...given),
  map: eachThrough(secondArgument, firstArgument),
  '.map': eachThrough(onReceiver, firstArgument),
  '.flatMap': eachThrough(onReceiver, firstArgument),
  '.then': ({ receiver, arguments: [called] }, callValue) =>
    called ? callValue(called, [receiver]) : undefined,
  '.finally': ({ receiver }) => receiver,
  '.bind': ({ receiver }) => (receiver.closures.length > 0 ? receiver : undefined),
  '.call': ({ receiver, arguments: given }, callValue) =>
    receiver.closures.length > 0 ? callValue(receiver, given.slice(1)) : undefined,
  '.get': ({ receiver, arguments: [key, otherwise] }) => {
    const name = constantOf(key);
    return name === undefined || (receiver.taints.length === 0 && !receiver.fields)
      ? undefined
      : join(memberOf(receiver, name), otherwise ?? unknown);
  },
  '.push': putIn,
  '.unshift': putIn,
  '.append': putIn,
  '.extend': putIn,
  '.add': putIn,
  '.set': putIn,
  '.update': putIn,
  '.concat': ({ receiver, arguments: given }) =>
    receiver.fields ? join(receiver, ...given) : concatenate([receiver, ...given]),
  '.format': ({ receiver, arguments: given, named }) => concatenate([receiver, ...given, ...named.values()]),
  '.join': ({ receiver, arguments: [other] }) => {
    // Of JavaScript's the receiver is the list, of Python's the argument.
    const list = receiver.fields ? receiver : other;
    const items = list?.fields ? [...list.fields.named].filter(([key]) => /^\d+$/.test(key)) : [];
    if (!list || items.length === 0) return undefined;
    return join(concatenate(items.map(([, item]) => item)), tainted(taintsOf(list)));
  },
};

/** What well-known functions give back, which would be lost if all were taken to mix what they get. Undefined for all others. */
export const callKnown: Known = (call, callValue) =>
  Object.hasOwn(known, call.symbol) ? known[call.symbol]?.(call, callValue) : undefined;
