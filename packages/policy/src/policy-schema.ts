import { z } from 'zod';
import { ALL_COLLECTION, Name, ruleScope } from './rule-scope.ts';
import { FilesSettings } from './sections/files.ts';
import { LearnSettings } from './sections/learn.ts';
import { measureRule, measureWaasRule, RULE_BYTES } from './sections/measure-rule.ts';
import { NetworkSettings } from './sections/network.ts';
import { ProcessSettings } from './sections/process.ts';
import { Secrets } from './sections/secrets.ts';
import { WaasRule } from './sections/waas/waas-rule.ts';

const IdentityPattern = z
  .string()
  .regex(
    /^[A-Za-z0-9._:/$@*?-]{1,512}$/,
    'must be 1 to 512 letters, digits or any of . _ : / $ @ -, with * and ? as wildcards',
  );

const identityPatterns = (what: string) =>
  z
    .array(IdentityPattern)
    .min(1, 'must hold at least one pattern; leave the key out to match everything')
    .max(256, 'must hold at most 256 patterns')
    .default(['*'])
    .describe(
      `Glob patterns for ${what}; one that matches is enough. * stands for any characters, ? for one; upper and lower case differ.`,
    );

export const OnError = z
  .enum(['open', 'closed'])
  .describe(
    'What happens where the guard cannot be put up: open starts the function unguarded and says so, closed refuses to start it.',
  );
export type OnError = z.infer<typeof OnError>;

export const Collection = z
  .strictObject({
    name: Name.refine(
      (name) => name !== ALL_COLLECTION,
      'All is built in and cannot be defined again',
    ).describe('The name by which rules refer to the collection. Unique.'),
    functions: identityPatterns('function names'),
    regions: identityPatterns('regions'),
    accounts: identityPatterns('accounts'),
    runtimes: identityPatterns('runtimes'),
  })
  .describe('A named scope. A function belongs to it when all four lists match it.');
export type Collection = z.infer<typeof Collection>;

export const RuntimeRule = z
  .strictObject({
    ...ruleScope,
    onError: OnError.default('closed'),
    process: ProcessSettings.prefault({}),
    network: NetworkSettings.optional(),
    files: FilesSettings.optional(),
    secrets: Secrets,
    learn: LearnSettings.optional(),
  })
  .superRefine((rule, context) => {
    const bytes = measureRule(rule);
    if (bytes > RULE_BYTES)
      context.addIssue({
        code: 'custom',
        message: `is too large: compiled it takes up to ${bytes} bytes, and a Defender takes ${RULE_BYTES}; write globs for many paths`,
      });
  })
  .describe('One rule. Rules are tried in order, and the first that matches a function decides.');
export type RuntimeRule = z.infer<typeof RuntimeRule>;

export const PolicySettings = z
  .strictObject({
    policyRefreshSeconds: z
      .int()
      .min(5, 'must be at least 5 seconds')
      .max(86_400, 'must be at most 86400 seconds (a day)')
      .default(60)
      .describe('How often a Defender asks the Console for a newer policy, in seconds.'),
    deliveryMilliseconds: z
      .int()
      .min(0, 'must not be negative')
      .max(10_000, 'must be at most 10000 milliseconds')
      .default(300)
      .describe(
        'How long delivery of audits to the Console may take when the function ends, in milliseconds.',
      ),
  })
  .describe('Settings for all Defenders.');
export type PolicySettings = z.infer<typeof PolicySettings>;

const RuntimePolicy = z
  .strictObject({
    rules: z
      .array(RuntimeRule)
      .max(1000, 'must hold at most 1000 rules')
      .default([])
      .describe('The rules, in the order in which they are tried.'),
  })
  .describe('The runtime policy: what functions may do while they run.');

const WaasPolicy = z
  .strictObject({
    rules: z
      .array(WaasRule)
      .max(1000, 'must hold at most 1000 rules')
      .default([])
      .describe('The rules, in the order in which they are tried; independent of the runtime rules.'),
  })
  .describe('The WAAS policy: how events are judged before functions get them.');

/** The whole policy document: the same for YAML, the API, the web UI and the documents. */
export const Policy = z
  .strictObject({
    version: z.literal(1).describe('Version of the policy format: 1.'),
    collections: z
      .array(Collection)
      .max(1000, 'must hold at most 1000 collections')
      .default([])
      .describe('Named scopes that rules refer to. The collection All is built in and holds everything.'),
    runtime: RuntimePolicy.prefault({}),
    waas: WaasPolicy.prefault({}),
    settings: PolicySettings.prefault({}),
  })
  .superRefine((policy, context) => {
    const report = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const known = new Set([ALL_COLLECTION]);
    policy.collections.forEach(({ name }, index) => {
      if (known.has(name)) report(['collections', index, 'name'], `collection "${name}" is defined twice`);
      known.add(name);
    });
    for (const kind of ['runtime', 'waas'] as const) {
      const names = new Set<string>();
      policy[kind].rules.forEach((rule, index) => {
        const path = [kind, 'rules', index];
        if (names.has(rule.name)) report([...path, 'name'], `rule "${rule.name}" is defined twice`);
        names.add(rule.name);
        rule.collections.forEach((name, position) => {
          if (!known.has(name))
            report([...path, 'collections', position], `there is no collection "${name}"`);
        });
      });
    }
    const largest = Math.max(0, ...policy.runtime.rules.map(measureRule));
    policy.waas.rules.forEach((rule, index) => {
      const bytes = measureWaasRule(rule);
      if (bytes + largest > RULE_BYTES)
        report(
          ['waas', 'rules', index],
          `is too large: compiled it takes up to ${bytes} bytes beside the ${largest} of the largest runtime rule, and a Defender takes ${RULE_BYTES}; write networks for many addresses`,
        );
    });
  })
  .describe('A policy: collections, ordered runtime and WAAS rules, and settings.');
export type Policy = z.infer<typeof Policy>;
/** A policy as a person writes it, where keys with a default may be left out. */
export type PolicyInput = z.input<typeof Policy>;
