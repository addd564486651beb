import type { Policy } from '@ringfence/policy/schema';

type Named = { name: string };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function describeList<Item extends Named>(what: string, before: Item[], after: Item[]): string[] {
  const old = new Map(before.map((item) => [item.name, item]));
  const now = new Map(after.map((item) => [item.name, item]));
  const removed = before
    .filter((item) => !now.has(item.name))
    .map((item) => `${what} “${item.name}” removed`);
  const added = after.filter((item) => !old.has(item.name)).map((item) => `${what} “${item.name}” added`);
  const changed = after
    .filter((item) => old.has(item.name) && !same(old.get(item.name), item))
    .map((item) => `${what} “${item.name}” changed`);
  const order = (items: Item[], other: Map<string, Item>) =>
    items.filter((item) => other.has(item.name)).map((item) => item.name);
  const moved = same(order(before, now), order(after, old)) ? [] : [`${what}s reordered`];
  return [...removed, ...added, ...changed, ...moved];
}

/** What a draft changes against the stored policy, each change in a few words; empty when nothing. */
export function describeChanges(stored: Policy, draft: Policy): string[] {
  return [
    ...describeList('rule', stored.runtime.rules, draft.runtime.rules),
    ...describeList('collection', stored.collections, draft.collections),
    ...(same(stored.settings, draft.settings) ? [] : ['Defender settings changed']),
  ];
}
