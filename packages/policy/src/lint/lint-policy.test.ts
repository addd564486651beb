import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyIdentity } from '../arbitraries.ts';
import { matchRule } from '../match-policy.ts';
import { Policy, type PolicyInput } from '../policy-schema.ts';
import { lintPolicy } from './lint-policy.ts';

type Rule = NonNullable<NonNullable<PolicyInput['runtime']>['rules']>[number];
const lint = (rules: Rule[], collections: PolicyInput['collections'] = []) =>
  lintPolicy(Policy.parse({ version: 1, collections, runtime: { rules } }));
const codesOfAllow = (...allow: string[]) =>
  lint([{ name: 'r', process: { allow } }]).map(({ code }) => code);

test('a tight policy has no warning', () => {
  const collections = [{ name: 'a', functions: ['a*'] }];
  expect(
    lint(
      [
        { name: 'one', collections: ['a'], process: { allow: ['/usr/bin/gs', '/opt/tools/*'] } },
        { name: 'rest' },
      ],
      collections,
    ),
  ).toEqual([]);
});

test('a policy without rules guards nothing', () => {
  expect(lint([]).map(({ code }) => code)).toEqual(['nothing-guarded']);
});

test('a rule behind one for All is never reached, and the warning says by which', () => {
  expect(lint([{ name: 'all' }, { name: 'late' }])).toEqual([
    {
      code: 'rule-never-reached',
      rule: 'late',
      path: ['runtime', 'rules', 1],
      message:
        'Rule "late" is never reached: every function that it applies to is decided earlier, by "all".',
      advice: 'Move it up, or remove it.',
    },
  ]);
});

test('a rule whose collections are inside earlier ones is never reached', () => {
  const collections = [
    { name: 'wide', functions: ['pay-*'] },
    { name: 'narrow', functions: ['pay-eu-?*'], regions: ['eu-*'] },
    { name: 'other', functions: ['pa?-*'] },
  ];
  const warnings = lint(
    [
      { name: 'w', collections: ['wide'] },
      { name: 'n', collections: ['narrow'] },
      { name: 'o', collections: ['other'] },
      { name: 'rest' },
    ],
    collections,
  );
  expect(warnings.map(({ rule }) => rule)).toEqual(['n']);
});

test('no function reaches a rule that is said to be never reached', () => {
  const pattern = fc.constantFrom('*', 'a*', '?*', '??', 'a', '*b', 'a?');
  const list = fc.array(pattern, { minLength: 1, maxLength: 2 });
  const collection = fc.record({ functions: list, regions: list });
  const names = fc.stringMatching(/^[ab]{1,3}$/);
  let checked = 0;
  fc.assert(
    fc.property(
      fc.array(collection, { minLength: 2, maxLength: 4 }),
      names,
      names,
      anyIdentity,
      (lists, name, region, base) => {
        const policy = Policy.parse({
          version: 1,
          collections: lists.map((entry, index) => ({ name: `c${index}`, ...entry })),
          runtime: { rules: lists.map((_, index) => ({ name: `r${index}`, collections: [`c${index}`] })) },
        });
        const unreached = lintPolicy(policy)
          .filter(({ code }) => code === 'rule-never-reached')
          .map(({ rule }) => rule);
        checked += unreached.length;
        expect(unreached).not.toContain(matchRule(policy, { ...base, name, region })?.rule.name ?? '');
      },
    ),
    { numRuns: 3000 },
  );
  expect(checked).toBeGreaterThan(100);
});

test('functions that no rule holds, and unused collections, are told', () => {
  const collections = [{ name: 'a', functions: ['a*'] }, { name: 'unused' }];
  expect(lint([{ name: 'r', collections: ['a'] }], collections)).toMatchObject([
    { code: 'functions-left-out' },
    { code: 'collection-unused', collection: 'unused' },
  ]);
});

describe('allowlist', () => {
  test.each([
    ['/tmp/convert', ['allow-writable']],
    ['/tmp', []],
    ['/tm?/x', ['allow-writable']],
    ['/var/tmp/**', ['allow-writable']],
    ['/var/task/bin/*', []],
    ['/v**/x', ['allow-writable']],
    ['/dev/shm/x', ['allow-writable']],
    ['/proc/self/exe', ['allow-writable']],
    ['/opt/tmp/x', []],
    ['/usr/bin/python3.12', ['allow-interpreter']],
    ['/bin/sh', ['allow-interpreter']],
    ['/usr/bin/env', ['allow-interpreter']],
    ['/usr/bin/*', ['allow-interpreter', 'allow-sender']],
    ['/usr/bin/g*', []],
    ['/usr/bin/convert', []],
    ['/lib64/ld-linux-x86-64.so.2', ['allow-interpreter']],
    ['/bin/g*', ['allow-linked-folder']],
    ['/**', ['allow-everything']],
    ['/**/*', ['allow-everything']],
    ['/**/convert', ['allow-writable']],
  ])('%s: %j', (pattern, codes) => {
    expect(codesOfAllow(pattern)).toEqual(codes);
  });

  test('an entry that another one makes needless', () => {
    expect(codesOfAllow('/opt/*', '/opt/x')).toEqual(['entry-twice']);
    expect(codesOfAllow('/opt/x', '/opt/x')).toEqual(['entry-twice']);
    expect(codesOfAllow('/opt/x', '/opt/y')).toEqual([]);
  });

  test('has no meaning when processes are not watched', () => {
    expect(lint([{ name: 'r', process: { effect: 'disable', allow: ['/tmp/x'] } }])).toMatchObject([
      { code: 'section-ignored', rule: 'r' },
    ]);
  });
});
