import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyIdentity, identity } from './arbitraries.ts';
import { explainPolicy } from './explain/explain-policy.ts';
import { matchRule } from './match-policy.ts';
import { Policy, type PolicyInput } from './policy-schema.ts';

const policy = Policy.parse({
  version: 1,
  collections: [
    { name: 'payments', functions: ['pay-*'], regions: ['eu-*', 'us-east-?'] },
    { name: 'python', runtimes: ['python*'] },
    { name: 'exact', functions: ['Order'], accounts: ['42'] },
  ],
  runtime: {
    rules: [
      { name: 'first', collections: ['payments'] },
      {
        name: 'second',
        collections: ['exact', 'python'],
        process: { effect: 'alert', allow: ['/usr/bin/gs'] },
      },
    ],
  },
});

test.each([
  ['all four lists match', {}, 'first'],
  ['the other pattern of a list matches', { region: 'us-east-1' }, 'first'],
  ['? stands for exactly one character', { region: 'us-east-12' }, undefined],
  ['one list that fails is enough to fail', { name: 'repay' }, undefined],
  ['upper and lower case differ', { name: 'Pay-x' }, undefined],
  ['the first match wins', { runtime: 'python3.12' }, 'first'],
  ['one collection of several is enough', { name: 'x', runtime: 'python3.12' }, 'second'],
  ['a pattern without wildcards must be equal', { name: 'Order', account: '42' }, 'second'],
  ['and not only begin so', { name: 'Orders', account: '42' }, undefined],
])('%s', (_, changes, rule) => {
  expect(matchRule(policy, { ...identity, ...changes })?.rule.name).toBe(rule);
});

test('All holds everything', () => {
  const all = Policy.parse({ version: 1, runtime: { rules: [{ name: 'all' }] } });
  fc.assert(
    fc.property(anyIdentity, (someone) => {
      expect(matchRule(all, someone)?.index).toBe(0);
    }),
  );
});

const anyPatterns = fc.array(fc.constantFrom('*', 'a*', '*a*', 'nodejs*', '1*', '?', 'eu-*'), {
  minLength: 1,
  maxLength: 2,
});
const anyPolicy: fc.Arbitrary<PolicyInput> = fc
  .array(
    fc.record({ functions: anyPatterns, regions: anyPatterns, accounts: anyPatterns, runtimes: anyPatterns }),
    { minLength: 3, maxLength: 3 },
  )
  .chain((lists) =>
    fc
      .array(fc.uniqueArray(fc.constantFrom('c0', 'c1', 'c2', 'All'), { minLength: 1 }), { maxLength: 4 })
      .map((rules) => ({
        version: 1 as const,
        collections: lists.map((list, index) => ({ name: `c${index}`, ...list })),
        runtime: { rules: rules.map((collections, index) => ({ name: `r${index}`, collections })) },
      })),
  );

describe('explaining', () => {
  test('names the same rule as matching, and a reason for each rule before it', () => {
    fc.assert(
      fc.property(anyPolicy, anyIdentity, (input, someone) => {
        const some = Policy.parse(input);
        const match = matchRule(some, someone);
        const explanation = explainPolicy(some, someone);
        expect(explanation.rule).toEqual(match?.rule ?? null);
        expect(explanation.steps).toHaveLength(
          match === undefined ? some.runtime.rules.length : match.index + 1,
        );
        for (const step of explanation.steps) {
          expect(step.matched).toBe(step.index === match?.index);
          if (!step.matched) for (const { failed } of step.collections) expect(failed).not.toHaveLength(0);
        }
      }),
    );
  });

  test('says it in words', () => {
    const explanation = explainPolicy(policy, { ...identity, region: 'ap-south-1', runtime: 'python3.12' });
    expect(explanation.words).toBe('Rule "second" decides for function "pay-convert".');
    expect(explanation.sections.map(({ section, effect }) => [section, effect])).toEqual([
      ['process', 'alert'],
      ['network', null],
      ['files', null],
    ]);
    expect(explanation.steps.map(({ words }) => words)).toEqual([
      'Rule "first" does not match: collection "payments" does not hold the function: the region "ap-south-1" matches none of eu-*, us-east-?.',
      'Rule "second" matches: collection "python" holds the function.',
    ]);
  });

  test('says that a function without a rule is not guarded', () => {
    const explanation = explainPolicy(policy, { ...identity, name: 'x' });
    expect(explanation).toMatchObject({ rule: null, sections: [] });
    expect(explanation.words).toBe('No rule matches function "x": it is not guarded.');
  });
});
