import { coversGlob } from '../compare-globs.ts';
import { Glob } from '../glob.ts';
import { DIMENSIONS } from '../match-policy.ts';
import type { Collection, Policy } from '../policy-schema.ts';
import { ALL_COLLECTION } from '../rule-scope.ts';
import { type LintWarning, RULE_WORDS } from './lint-warning.ts';

/** The lists of a collection, ready for being compared. */
type Scope = Glob[][];

const readScope = (collection: Collection): Scope =>
  DIMENSIONS.map(({ list }) => collection[list].map((pattern) => new Glob(pattern)));

const coversScope = (wide: Scope, narrow: Scope) =>
  narrow.every((globs, index) =>
    globs.every((glob) => wide[index]?.some((other) => coversGlob(other, glob))),
  );

const EVERYTHING = readScope({
  name: ALL_COLLECTION,
  functions: ['*'],
  regions: ['*'],
  accounts: ['*'],
  runtimes: ['*'],
});

/** Rules that are never reached, and whether the others decide for every function. */
function lintOrder(
  policy: Policy,
  kind: 'runtime' | 'waas',
): { unreached: LintWarning[]; coversAll: boolean } {
  const unreached: LintWarning[] = [];
  const scopes = new Map(policy.collections.map((collection) => [collection.name, readScope(collection)]));
  scopes.set(ALL_COLLECTION, EVERYTHING);
  /** Each scope that a rule has had so far, with the first such rule. */
  const earlier = new Map<Scope, string>();
  const decidedBy = (scope: Scope) => {
    for (const [other, rule] of earlier) if (coversScope(other, scope)) return rule;
    return undefined;
  };
  for (const [index, rule] of policy[kind].rules.entries()) {
    const own = rule.collections.map((name) => scopes.get(name)).filter((scope) => scope !== undefined);
    const coveredBy = own.map(decidedBy);
    if (!coveredBy.includes(undefined)) {
      const rules = [...new Set(coveredBy.map((name) => `"${name}"`))].join(', ');
      unreached.push({
        code: 'rule-never-reached',
        rule: rule.name,
        path: [kind, 'rules', index],
        message: `${RULE_WORDS[kind]} "${rule.name}" is never reached: every function that it applies to is decided earlier, by ${rules}.`,
        advice: 'Move it up, or remove it.',
      });
    }
    for (const scope of own) if (!earlier.has(scope)) earlier.set(scope, rule.name);
  }
  return { unreached, coversAll: decidedBy(EVERYTHING) !== undefined };
}

/** Functions that no rule or the wrong rule decides for. */
export function lintReach(policy: Policy): LintWarning[] {
  const { runtime, waas } = policy;
  const { unreached, coversAll } = lintOrder(policy, 'runtime');
  const warnings = [...unreached, ...lintOrder(policy, 'waas').unreached];
  if (runtime.rules.length === 0 && waas.rules.length === 0)
    warnings.push({
      code: 'nothing-guarded',
      path: ['runtime'],
      message: 'The policy has no rule, so no function is guarded.',
      advice: 'Add a rule; a rule with nothing but a name guards all functions.',
    });
  else if (runtime.rules.length > 0 && !coversAll)
    warnings.push({
      code: 'functions-left-out',
      path: ['runtime', 'rules'],
      message: 'No rule applies to all functions: one that is in none of the collections is not guarded.',
      advice: 'Add a last rule without collections, which applies to all functions.',
    });
  return warnings;
}

export function lintCollections(policy: Policy): LintWarning[] {
  const used = new Set([...policy.runtime.rules, ...policy.waas.rules].flatMap((rule) => rule.collections));
  return policy.collections.flatMap(({ name }, index): LintWarning[] =>
    used.has(name)
      ? []
      : [
          {
            code: 'collection-unused',
            collection: name,
            path: ['collections', index],
            message: `Collection "${name}" is not used by any rule.`,
            advice: 'Name it in a rule, or remove it.',
          },
        ],
  );
}
