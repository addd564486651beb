import type { FunctionIdentity } from '../function-identity.ts';
import { DIMENSIONS, matchPatterns, type ScopedRule } from '../match-policy.ts';
import type { Collection, Policy, RuntimeRule } from '../policy-schema.ts';
import { ALL_COLLECTION } from '../rule-scope.ts';
import type { WaasRule } from '../sections/waas/waas-rule.ts';
import { explainSections, type SectionExplanation } from './explain-sections.ts';
import { explainWaas } from './explain-waas.ts';

/** A list of a collection that does not match the function. */
export type FailedDimension = {
  dimension: (typeof DIMENSIONS)[number]['list'];
  patterns: string[];
  value: string;
};
export type CollectionExplanation = { collection: string; matched: boolean; failed: FailedDimension[] };
export type RuleExplanation = {
  rule: string;
  /** Position in the policy, from 0. */
  index: number;
  matched: boolean;
  collections: CollectionExplanation[];
  words: string;
};
type Decision<Rule> = {
  /** The rule that decides, or null when none matches. */
  rule: Rule | null;
  /** Each rule up to and with the one that matches, in order. */
  steps: RuleExplanation[];
  words: string;
};
export type PolicyExplanation = Decision<RuntimeRule> & {
  /** What it says of each section; empty when no rule matches. */
  sections: SectionExplanation[];
  /** The WAAS rule that decides, and what it says; independent of the other. */
  waas: Decision<WaasRule> & { sentences: string[] };
};

function explainCollection(collection: Collection, identity: FunctionIdentity): CollectionExplanation {
  const failed = DIMENSIONS.flatMap(({ list, field }) => {
    const [patterns, value] = [collection[list], identity[field]];
    return matchPatterns(patterns, value) ? [] : [{ dimension: list, patterns, value }];
  });
  return { collection: collection.name, matched: failed.length === 0, failed };
}

const FIELD_WORDS = { accounts: 'account', regions: 'region', runtimes: 'runtime', functions: 'name' };

function describeFailure({ collection, failed }: CollectionExplanation): string {
  const reasons = failed.map(
    ({ dimension, patterns, value }) =>
      `the ${FIELD_WORDS[dimension]} "${value}" matches none of ${patterns.join(', ')}`,
  );
  return `collection "${collection}" does not hold the function: ${reasons.join('; ')}`;
}

function explainRule(
  rule: ScopedRule,
  index: number,
  collections: Map<string, Collection>,
  identity: FunctionIdentity,
): RuleExplanation {
  const explained = rule.collections.flatMap((name): CollectionExplanation[] => {
    if (name === ALL_COLLECTION) return [{ collection: name, matched: true, failed: [] }];
    const collection = collections.get(name);
    return collection === undefined ? [] : [explainCollection(collection, identity)];
  });
  const holder = explained.find(({ matched }) => matched);
  const words = holder
    ? `Rule "${rule.name}" matches: collection "${holder.collection}" holds the function.`
    : `Rule "${rule.name}" does not match: ${explained.map(describeFailure).join('. Also, ')}.`;
  return { rule: rule.name, index, matched: holder !== undefined, collections: explained, words };
}

function explainRules<Rule extends ScopedRule>(
  policy: Policy,
  rules: readonly Rule[],
  identity: FunctionIdentity,
): Omit<Decision<Rule>, 'words'> {
  const collections = new Map(policy.collections.map((collection) => [collection.name, collection]));
  const steps: RuleExplanation[] = [];
  for (const [index, rule] of rules.entries()) {
    const step = explainRule(rule, index, collections, identity);
    steps.push(step);
    if (step.matched) return { rule, steps };
  }
  return { rule: null, steps };
}

/** Which rules decide for the function, and why each rule before them does not, in data and in words. */
export function explainPolicy(policy: Policy, identity: FunctionIdentity): PolicyExplanation {
  const runtime = explainRules(policy, policy.runtime.rules, identity);
  const waas = explainRules(policy, policy.waas.rules, identity);
  return {
    ...runtime,
    sections: runtime.rule ? explainSections(runtime.rule) : [],
    words: runtime.rule
      ? `Rule "${runtime.rule.name}" decides for function "${identity.name}".`
      : `No rule matches function "${identity.name}": it is not guarded.`,
    waas: {
      ...waas,
      sentences: waas.rule ? explainWaas(waas.rule) : [],
      words: waas.rule
        ? `WAAS rule "${waas.rule.name}" decides for the events of function "${identity.name}".`
        : `No WAAS rule matches function "${identity.name}": its events are not judged.`,
    },
  };
}
