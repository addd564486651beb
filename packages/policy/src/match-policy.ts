import type { FunctionIdentity } from './function-identity.ts';
import { matchGlob } from './match-glob.ts';
import { ALL_COLLECTION, type Policy, type RuntimeRule } from './policy-schema.ts';

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

/** Prepares the policy once for matching many functions. The policy must not be changed afterwards. */
export function prepareMatcher(policy: Policy): RuleMatcher {
  const { collections } = policy;
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
  const rules = policy.runtime.rules.map((rule, index) => ({
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
    return rules.find((rule) => rule.all || rule.collections.some(holdsOnce))?.match;
  };
}

/** The first rule that matches the function, and its position; undefined when none does. For many functions use `prepareMatcher`. */
export function matchRule(policy: Policy, identity: MatchedIdentity): RuleMatch | undefined {
  return prepareMatcher(policy)(identity);
}
