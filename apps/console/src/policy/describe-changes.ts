import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '@ringfence/policy';

function describeNamed<Item extends { name: string }>(kind: string, before: Item[], after: Item[]): string[] {
  const old = new Map(before.map((item) => [item.name, item]));
  const fresh = new Map(after.map((item) => [item.name, item]));
  const added = after.filter(({ name }) => !old.has(name));
  const removed = before.filter(({ name }) => !fresh.has(name));
  const changed = after.filter((item) => {
    const previous = old.get(item.name);
    return previous !== undefined && !isDeepStrictEqual(previous, item);
  });
  const say = (verb: string) => (item: Item) => `${kind} "${item.name}" ${verb}`;
  return [...added.map(say('added')), ...removed.map(say('removed')), ...changed.map(say('changed'))];
}

/** What a new policy changes, in words, one for each rule and collection. */
export function describeChanges(before: Policy, after: Policy): string[] {
  const oldNames = before.runtime.rules.map(({ name }) => name);
  const newNames = after.runtime.rules.map(({ name }) => name);
  const kept = newNames.filter((name) => oldNames.includes(name));
  const keptBefore = oldNames.filter((name) => newNames.includes(name));
  return [
    ...describeNamed('rule', before.runtime.rules, after.runtime.rules),
    ...(isDeepStrictEqual(kept, keptBefore) ? [] : ['rules reordered']),
    ...describeNamed('collection', before.collections, after.collections),
    ...(isDeepStrictEqual(before.settings, after.settings) ? [] : ['settings changed']),
  ];
}
