import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '@ringfence/policy';

/** What differs between two policies, one line each: `+` added, `-` removed, `~` changed. Empty when they are equal. */
export function describeChanges(before: Policy, after: Policy): string[] {
  const order = (policy: Policy) => policy.runtime.rules.map(({ name }) => name);
  const kept = order(after).filter((name) => order(before).includes(name));
  const keptBefore = order(before).filter((name) => order(after).includes(name));
  return [
    ...compareNamed('collection', before.collections, after.collections),
    ...compareNamed('rule', before.runtime.rules, after.runtime.rules),
    ...(isDeepStrictEqual(kept, keptBefore) ? [] : [`~ order of the rules: ${order(after).join(', ')}`]),
    ...compareFields('settings', before.settings, after.settings),
  ];
}

function compareNamed<Item extends { name: string }>(what: string, before: Item[], after: Item[]): string[] {
  const old = new Map(before.map((item) => [item.name, item]));
  const names = new Set(after.map(({ name }) => name));
  return [
    ...before.filter(({ name }) => !names.has(name)).map(({ name }) => `- ${what} "${name}"`),
    ...after.flatMap((item) => {
      const earlier = old.get(item.name);
      const { name, ...fields } = item;
      return earlier
        ? compareFields(`${what} "${name}"`, earlier, item)
        : [`+ ${what} "${name}": ${show(fields)}`];
    }),
  ];
}

function compareFields(what: string, before: object, after: object): string[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const earlier: unknown = (before as Record<string, unknown>)[field];
    return isDeepStrictEqual(earlier, value) ? [] : [`~ ${what}: ${field} ${show(earlier)} → ${show(value)}`];
  });
}

const show = (value: unknown) => JSON.stringify(value);
