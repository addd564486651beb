import type { ScopedRule } from '../match-policy.ts';
import type { Policy } from '../policy-schema.ts';
import { lintFiles } from './lint-files.ts';
import { lintLearn } from './lint-learn.ts';
import { lintNetwork } from './lint-network.ts';
import { lintProcess } from './lint-process.ts';
import { lintCollections, lintReach } from './lint-reach.ts';
import { lintSecrets } from './lint-secrets.ts';
import { lintWaas } from './lint-waas.ts';
import { lintWaasSources } from './lint-waas-sources.ts';
import { type LintWarning, RULE_WORDS, type RuleWarning } from './lint-warning.ts';

/** The warnings of each rule of a kind, with the rule named. */
function lintRules<Rule extends ScopedRule>(
  kind: keyof typeof RULE_WORDS,
  rules: readonly Rule[],
  lints: ((rule: Rule) => RuleWarning[])[],
): LintWarning[] {
  return rules.flatMap((rule, index) =>
    lints
      .flatMap((lint) => lint(rule))
      .map(({ path, message, ...rest }) => ({
        ...rest,
        rule: rule.name,
        path: [kind, 'rules', index, ...path],
        message: `${RULE_WORDS[kind]} "${rule.name}": ${message}`,
      })),
  );
}

/** Warnings about a valid policy, each with what to do about it. */
export function lintPolicy(policy: Policy): LintWarning[] {
  return [
    ...lintReach(policy),
    ...lintCollections(policy),
    ...lintRules('runtime', policy.runtime.rules, [
      lintProcess,
      lintNetwork,
      lintFiles,
      lintSecrets,
      lintLearn,
    ]),
    ...lintRules('waas', policy.waas.rules, [lintWaas, lintWaasSources]),
  ];
}
