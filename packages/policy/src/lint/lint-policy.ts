import type { Policy, RuntimeRule } from '../policy-schema.ts';
import { lintFiles } from './lint-files.ts';
import { lintLearn } from './lint-learn.ts';
import { lintNetwork } from './lint-network.ts';
import { lintProcess } from './lint-process.ts';
import { lintCollections, lintReach } from './lint-reach.ts';
import { lintSecrets } from './lint-secrets.ts';
import type { LintWarning } from './lint-warning.ts';

function lintRule(rule: RuntimeRule, index: number): LintWarning[] {
  return [lintProcess, lintNetwork, lintFiles, lintSecrets, lintLearn]
    .flatMap((lint) => lint(rule))
    .map(({ path, message, ...rest }) => ({
      ...rest,
      rule: rule.name,
      path: ['runtime', 'rules', index, ...path],
      message: `Rule "${rule.name}": ${message}`,
    }));
}

/** Warnings about a valid policy, each with what to do about it. */
export function lintPolicy(policy: Policy): LintWarning[] {
  return [...lintReach(policy), ...lintCollections(policy), ...policy.runtime.rules.flatMap(lintRule)];
}
