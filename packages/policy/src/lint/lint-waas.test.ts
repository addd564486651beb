import { expect, test } from 'vitest';
import { Policy, type PolicyInput } from '../policy-schema.ts';
import { lintPolicy } from './lint-policy.ts';

type Rule = NonNullable<NonNullable<PolicyInput['waas']>['rules']>[number];

const lint = (...rules: Omit<Rule, 'name'>[]) =>
  lintPolicy(
    Policy.parse({
      version: 1,
      waas: { rules: rules.map((rule, index) => ({ name: `r${index}`, ...rule })) },
    }),
  );

test.each<[string, Omit<Rule, 'name'>, string[]]>([
  ['a rule of nothing but a name', {}, []],
  ['an exception for a field', { exceptions: [{ field: 'body.query' }] }, []],
  ['an exception for everything', { exceptions: [{ field: '**' }] }, ['exception-everywhere']],
  [
    'an exception for a class everywhere',
    { exceptions: [{ field: '*', classes: ['sqli'] }] },
    ['exception-everywhere'],
  ],
  ['an exception for a network', { exceptions: [{ field: '*', sources: ['10.0.0.0/8'] }] }, []],
  ['a pattern within a text', { patterns: [{ name: 'p', match: '*.pl*' }] }, []],
  ['a pattern for every text', { patterns: [{ name: 'p', match: '*?' }] }, ['pattern-everything']],
  ['a pattern for a whole text', { patterns: [{ name: 'p', match: '/old.pl' }] }, ['pattern-whole']],
  [
    'patterns that are not looked for',
    { protections: { custom: 'disable' }, patterns: [{ name: 'p', match: '*.pl*' }] },
    ['section-ignored'],
  ],
  ['shapes', { shapes: [{ path: '/a/{id}' }, { path: '/a/b' }] }, []],
  ['shapes that are not looked at', { effect: 'disable', shapes: [{ path: '/' }] }, ['section-ignored']],
  [
    'a shape behind one for every method',
    { shapes: [{ path: '/a/{id}' }, { method: 'PUT', path: '/a/{other}' }] },
    ['shape-never-reached'],
  ],
  [
    'a shape before one for every method',
    { shapes: [{ method: 'PUT', path: '/a/{id}' }, { path: '/a/{id}' }] },
    [],
  ],
  ['low confidence that only tells', { confidence: 50 }, []],
  ['low confidence that refuses', { confidence: 50, protections: { xss: 'ban' } }, ['confidence-low']],
  ['a response that is not of its type', { response: { body: 'No.' } }, ['response-not-json']],
  ['a response in text', { response: { type: 'text/plain', body: 'No.' } }, []],
  ['sources within others', { sources: { deny: ['10.1.0.0/16', '10.0.0.0/8'] } }, ['entry-twice']],
  ['everyone', { sources: { allow: ['::/0'] } }, ['sources-everyone']],
  ['a denied part', { sources: { allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16'] } }, []],
  ['an allowed part', { sources: { allow: ['10.1.0.0/16'], deny: ['10.0.0.0/8'] } }, ['entry-denied']],
])('%s', (_, rule, codes) => {
  expect(lint(rule).map(({ code }) => code)).toEqual(codes);
});

test('a warning names the rule and the place', () => {
  expect(lint({}, { exceptions: [{ field: '*' }] })).toMatchObject([
    { code: 'rule-never-reached', rule: 'r1', path: ['waas', 'rules', 1] },
    {
      code: 'exception-everywhere',
      path: ['waas', 'rules', 1, 'exceptions', 0],
      message: expect.stringMatching(/^WAAS rule "r1": /),
    },
  ]);
});

test('the runtime rules are looked at by themselves, and a collection is used that a WAAS rule names', () => {
  const policy = Policy.parse({
    version: 1,
    collections: [{ name: 'a', functions: ['a*'] }],
    runtime: { rules: [{ name: 'r' }] },
    waas: { rules: [{ name: 'r', collections: ['a'] }] },
  });
  expect(lintPolicy(policy)).toEqual([]);
});
