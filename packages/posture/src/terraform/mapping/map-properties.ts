import { noteMember, notePlace, placeOf } from '../../template/place.ts';
import { decode } from '../evaluate/functions.ts';
import { isObject, JsonText, plain, textOf } from '../evaluate/values.ts';
import { pascal } from './words.ts';

type Members = Record<string, unknown>;
type Rules = Readonly<Record<string, string>>;

/** Sets what lies behind the steps, and notes that it stands where `from` has its member. */
function set(object: Members, steps: string[], value: unknown, from: Members, member: string): void {
  const [step = '', ...rest] = steps;
  const place = placeOf(from, member);
  if (place) noteMember(object, step, place);
  if (rest.length === 0) {
    object[step] = value;
    return;
  }
  const inner = isObject(object[step]) ? object[step] : {};
  object[step] = inner;
  set(inner, rest, value, from, member);
}

/** What a text of JSON says; the text itself where it says nothing. */
function fromJson(value: unknown): unknown {
  if (value instanceof JsonText) return plain(value.value);
  if (typeof value !== 'string') return plain(value);
  const decoded = decode(value);
  return isObject(decoded) || Array.isArray(decoded) ? decoded : value;
}

const isBlocks = (value: unknown): value is Members[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

function mapList(value: unknown, rules: Rules, path: string): unknown[] {
  const items = Array.isArray(value) ? value : [value];
  const list = items.map((item) =>
    isObject(item) ? mapProperties(item, rules, {}, `${path}.`) : plain(item),
  );
  items.forEach((_, index) => {
    const place = placeOf(value, index);
    if (place) noteMember(list, index, place);
  });
  return list;
}

/**
 * The arguments of a resource, or of a block in it, in CloudFormation's words.
 * @param unset values of arguments that are left out
 * @param path of the block, with a dot behind
 */
export function mapProperties(values: Members, rules: Rules = {}, unset: Members = {}, path = ''): Members {
  const properties: Members = {};
  const own = placeOf(values);
  if (own) notePlace(properties, own, new Map());
  for (const [name, value] of Object.entries(values)) {
    const source = path + name;
    const target = rules[source] ?? pascal(name);
    if (target === '-' || value === null || (source in unset && unset[source] === value)) continue;
    const [, words = '', form] = /^(.*?)(\[\]|\{\}|<>)?$/.exec(target) ?? [];
    const [block] = isBlocks(value) ? value : [];
    const mapped =
      form === '[]'
        ? mapList(value, rules, source)
        : form === '{}'
          ? fromJson(value)
          : form === '<>'
            ? pascal(textOf(value))
            : block
              ? mapProperties(block, rules, {}, `${source}.`)
              : plain(value);
    if (words === '.') Object.assign(properties, mapped);
    else set(properties, words.split('.'), mapped, values, name);
  }
  return properties;
}
