import type { Expression } from '../syntax/module.ts';
import { isUnknown, itemOf, join, memberOf, type Value } from './value.ts';

/** What to do with each name and member of a pattern. */
export interface Binder {
  name(name: string, value: Value): void;
  /** `object.property = value`, `object[…] = value`. */
  member(target: Expression, value: Value): void;
  /** The value of a default. */
  evaluate(expression: Expression): Value;
}

/** Takes a value apart as a pattern says, and binds the parts. */
export function bind(target: Expression, value: Value, binder: Binder): void {
  switch (target.kind) {
    case 'name':
      binder.name(target.name, value);
      return;
    case 'object': {
      const taken = new Set(target.entries.flatMap(({ key }) => key ?? []));
      for (const { key, value: part, isSpread } of target.entries) {
        if (key !== undefined) bind(part, memberOf(value, key), binder);
        else bind(part, isSpread ? withoutFields(value, taken) : itemOf(value), binder);
      }
      return;
    }
    case 'list':
      for (const [index, part] of target.items.entries()) {
        const named = value.fields?.named.get(String(index));
        bind(part, part.kind === 'spread' ? value : (named ?? itemOf(value)), binder);
      }
      return;
    case 'spread':
      bind(target.value, value, binder);
      return;
    case 'choice': {
      const [pattern, ...defaults] = target.options;
      if (pattern)
        bind(pattern, join(value, ...(isUnknown(value) ? defaults.map(binder.evaluate) : [])), binder);
      return;
    }
    default:
      binder.member(target, value);
  }
}

function withoutFields(value: Value, names: ReadonlySet<string>): Value {
  if (!value.fields) return value;
  const { named, others } = value.fields;
  return {
    ...value,
    fields: { named: new Map([...named].filter(([key]) => !names.has(key))), ...(others && { others }) },
  };
}
