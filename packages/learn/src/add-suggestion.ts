import type { FunctionIdentity, Policy } from '@ringfence/policy/schema';
import { matchRule } from '@ringfence/policy/schema';
import type { Suggestion } from './suggest-rule.ts';

/** The policy with the suggested rule above the one that decides for the function so far. An earlier suggestion for it makes way. */
export function addSuggestion(
  policy: Policy,
  { collection, rule }: Pick<Suggestion, 'collection' | 'rule'>,
  identity: FunctionIdentity,
): Policy {
  const others = policy.runtime.rules.filter(({ name }) => name !== rule.name);
  const without = { ...policy, runtime: { ...policy.runtime, rules: others } };
  const index = matchRule(without, identity)?.index ?? others.length;
  const collections = policy.collections.some(({ name }) => name === collection.name)
    ? policy.collections.map((each) => (each.name === collection.name ? collection : each))
    : [...policy.collections, collection];
  return { ...policy, collections, runtime: { ...policy.runtime, rules: others.toSpliced(index, 0, rule) } };
}
