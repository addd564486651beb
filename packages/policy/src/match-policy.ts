import type { FunctionIdentity } from './function-identity.ts';
import { matchGlob } from './match-glob.ts';
import { ALL_COLLECTION, type Collection, type Policy, type RuntimeRule } from './policy-schema.ts';

/** A list of a collection, and the field of a function's identity that it is matched against. */
export const DIMENSIONS = [
  { list: 'accounts', field: 'account' },
  { list: 'regions', field: 'region' },
  { list: 'runtimes', field: 'runtime' },
  { list: 'functions', field: 'name' },
] as const;

type MatchedField = (typeof DIMENSIONS)[number]['field'];
/** The part of an identity that decides which rule matches. */
export type MatchedIdentity = Pick<FunctionIdentity, MatchedField>;
export type RuleMatch = { rule: RuntimeRule; index: number };
export type RuleMatcher = (identity: MatchedIdentity) => RuleMatch | undefined;

type Test = (identity: MatchedIdentity) => boolean;

const encoder = new TextEncoder();

/** Do the patterns of one dimension match this value? One is enough. */
export function matchPatterns(patterns: readonly string[], value: string): boolean {
  const bytes = encoder.encode(value);
  return patterns.some((pattern) => matchGlob(encoder.encode(pattern), bytes));
}

/** Remembers the answers for few-valued dimensions; a function's name is new each time, so its bytes are only made once. */
function prepareCollection(collection: Collection, encode: (value: string) => Uint8Array): Test {
  const tests = DIMENSIONS.filter(({ list }) => !collection[list].includes('*')).map(
    ({ list, field }): Test => {
      const globs = collection[list].map((pattern) => encoder.encode(pattern));
      const test = (value: string) => {
        const bytes = encode(value);
        return globs.some((glob) => matchGlob(glob, bytes));
      };
      if (field === 'name') return (identity) => test(identity.name);
      let last: string | undefined;
      let answer = false;
      return (identity) => {
        const value = identity[field];
        if (value !== last) {
          last = value;
          answer = test(value);
        }
        return answer;
      };
    },
  );
  return (identity) => tests.every((test) => test(identity));
}

/** Prepares the policy once for matching many functions. The policy must not be changed afterwards. */
export function prepareMatcher(policy: Policy): RuleMatcher {
  let lastValue = '';
  let lastBytes = new Uint8Array();
  const encode = (value: string) => {
    if (value !== lastValue) {
      lastValue = value;
      lastBytes = encoder.encode(value);
    }
    return lastBytes;
  };
  const collections = new Map<string, Test>([[ALL_COLLECTION, () => true]]);
  for (const collection of policy.collections)
    collections.set(collection.name, prepareCollection(collection, encode));
  const rules = policy.runtime.rules.map((rule, index) => ({
    match: { rule, index },
    tests: rule.collections.flatMap((name) => collections.get(name) ?? []),
  }));
  return (identity) => rules.find(({ tests }) => tests.some((test) => test(identity)))?.match;
}

/** The first rule that matches the function, and its position; undefined when none does. For many functions use `prepareMatcher`. */
export function matchRule(policy: Policy, identity: MatchedIdentity): RuleMatch | undefined {
  return prepareMatcher(policy)(identity);
}
