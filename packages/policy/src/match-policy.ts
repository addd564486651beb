import type { FunctionIdentity } from './function-identity.ts';
import { matchGlob } from './match-glob.ts';
import type { Collection, Policy, RuntimeRule } from './policy-schema.ts';
import { ALL_COLLECTION } from './rule-scope.ts';
import type { WaasRule } from './sections/waas/waas-rule.ts';

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
/** A rule of any kind, as far as matching goes. */
export type ScopedRule = { name: string; collections: string[] };
export type RuleMatch<Rule extends ScopedRule> = { rule: Rule; index: number };
export type RuleMatcher<Rule extends ScopedRule> = (identity: MatchedIdentity) => RuleMatch<Rule> | undefined;

const encoder = new TextEncoder();

/** Do the patterns of one dimension match this value? One is enough. */
export function matchPatterns(patterns: readonly string[], value: string): boolean {
  const bytes = encoder.encode(value);
  return patterns.some((pattern) => matchGlob(encoder.encode(pattern), bytes));
}

/** A list of patterns ready for matching bytes; null matches everything. */
type PreparedList = Uint8Array[] | null;

function matchList(list: PreparedList, value: Uint8Array): boolean {
  if (list === null) return true;
  for (const glob of list) if (matchGlob(glob, value)) return true;
  return false;
}

/** Answers for a dimension with few distinct values, one byte for each collection. */
function prepareDimension(lists: PreparedList[]): (value: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (value) => {
    let answers = known.get(value);
    if (answers === undefined) {
      const bytes = encoder.encode(value);
      answers = Uint8Array.from(lists, (list) => Number(matchList(list, bytes)));
      known.set(value, answers);
    }
    return answers;
  };
}

/** Prepares the rules of one kind once for matching many functions. They and the collections must not be changed afterwards. */
export function prepareMatcher<Rule extends ScopedRule>(
  collections: readonly Collection[],
  rules: readonly Rule[],
): RuleMatcher<Rule> {
  const prepare = (list: (typeof DIMENSIONS)[number]['list']) =>
    collections.map((collection): PreparedList => {
      const patterns = collection[list];
      return patterns.includes('*') ? null : patterns.map((pattern) => encoder.encode(pattern));
    });
  const [account, region, runtime] = (['accounts', 'regions', 'runtimes'] as const).map((list) =>
    prepareDimension(prepare(list)),
  );
  const names = prepare('functions');
  const indexes = new Map(collections.map(({ name }, index) => [name, index]));
  const prepared = rules.map((rule, index) => ({
    match: { rule, index },
    all: rule.collections.includes(ALL_COLLECTION),
    collections: rule.collections.flatMap((name) => indexes.get(name) ?? []),
  }));
  return (identity) => {
    const name = encoder.encode(identity.name);
    const inAccount = account?.(identity.account);
    const inRegion = region?.(identity.region);
    const inRuntime = runtime?.(identity.runtime);
    const holds = (index: number) =>
      inAccount?.[index] === 1 &&
      inRegion?.[index] === 1 &&
      inRuntime?.[index] === 1 &&
      matchList(names[index] ?? null, name);
    // Rules may share a collection, and matching names is the slow part.
    const answers = new Map<number, boolean>();
    const holdsOnce = (index: number) => {
      const answer = answers.get(index) ?? holds(index);
      answers.set(index, answer);
      return answer;
    };
    return prepared.find((rule) => rule.all || rule.collections.some(holdsOnce))?.match;
  };
}

/** The first runtime rule that matches the function, and its position; undefined when none does. For many functions use `prepareMatcher`. */
export function matchRule(policy: Policy, identity: MatchedIdentity): RuleMatch<RuntimeRule> | undefined {
  return prepareMatcher(policy.collections, policy.runtime.rules)(identity);
}

/** The first WAAS rule that matches the function; it does not depend on which runtime rule does. */
export function matchWaasRule(policy: Policy, identity: MatchedIdentity): RuleMatch<WaasRule> | undefined {
  return prepareMatcher(policy.collections, policy.waas.rules)(identity);
}
