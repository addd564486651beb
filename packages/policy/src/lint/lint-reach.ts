import { coversGlob } from '../compare-globs.ts';
import { DIMENSIONS } from '../match-policy.ts';
import { ALL_COLLECTION, type Collection, type Policy } from '../policy-schema.ts';
import type { LintWarning } from './lint-warning.ts';

function coversCollection(wide: Collection, narrow: Collection): boolean {
  return DIMENSIONS.every(({ list }) =>
    narrow[list].every((pattern) => wide[list].some((other) => coversGlob(other, pattern))),
  );
}

const EVERYTHING: Collection = {
  name: ALL_COLLECTION,
  functions: ['*'],
  regions: ['*'],
  accounts: ['*'],
  runtimes: ['*'],
};

/** Functions that no rule or the wrong rule decides for. */
export function lintReach(policy: Policy): LintWarning[] {
  const warnings: LintWarning[] = [];
  const byName = new Map(
    [EVERYTHING, ...policy.collections].map((collection) => [collection.name, collection]),
  );
  const earlier: { rule: string; collection: Collection }[] = [];
  for (const [index, rule] of policy.runtime.rules.entries()) {
    const own = rule.collections.flatMap((name) => byName.get(name) ?? []);
    const coveredBy = own.map((collection) =>
      earlier.find((entry) => coversCollection(entry.collection, collection)),
    );
    if (coveredBy.every((entry) => entry !== undefined)) {
      const rules = [...new Set(coveredBy.map((entry) => `"${entry?.rule}"`))].join(', ');
      warnings.push({
        code: 'rule-never-reached',
        rule: rule.name,
        path: ['runtime', 'rules', index],
        message: `Rule "${rule.name}" is never reached: every function that it applies to is decided earlier, by ${rules}.`,
        advice: 'Move it up, or remove it.',
      });
    }
    for (const collection of own)
      if (!earlier.some((entry) => entry.collection === collection))
        earlier.push({ rule: rule.name, collection });
  }
  if (earlier.length === 0)
    warnings.push({
      code: 'nothing-guarded',
      path: ['runtime'],
      message: 'The policy has no rule, so no function is guarded.',
      advice: 'Add a rule; a rule with nothing but a name guards all functions.',
    });
  else if (!earlier.some(({ collection }) => coversCollection(collection, EVERYTHING)))
    warnings.push({
      code: 'functions-left-out',
      path: ['runtime', 'rules'],
      message: 'No rule applies to all functions: one that is in none of the collections is not guarded.',
      advice: 'Add a last rule without collections, which applies to all functions.',
    });
  return warnings;
}

export function lintCollections(policy: Policy): LintWarning[] {
  const used = new Set(policy.runtime.rules.flatMap((rule) => rule.collections));
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
