import { ALL_COLLECTION, type Policy } from '@ringfence/policy';

/** What is allowed in a policy but hardly meant: rules that are never reached, collections that nothing uses. */
export function findWarnings({ collections, runtime: { rules } }: Policy): string[] {
  const first = rules.findIndex((rule) => rule.collections.includes(ALL_COLLECTION));
  const unreachable = first < 0 ? [] : rules.slice(first + 1);
  const used = new Set(rules.flatMap((rule) => rule.collections));
  return [
    ...unreachable.map(
      ({ name }) =>
        `rule "${name}" is never reached: rule "${rules[first]?.name}" before it holds every function`,
    ),
    ...collections
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => `collection "${name}" is used by no rule`),
    ...(rules.length === 0 ? ['there are no rules, so nothing is guarded'] : []),
  ];
}
