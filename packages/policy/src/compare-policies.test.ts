import { expect, test } from 'vitest';
import { comparePolicies, describeChange } from './compare-policies.ts';
import { Policy } from './policy-schema.ts';

const make = (rules: object[], more: object = {}) =>
  Policy.parse({ version: 1, runtime: { rules }, ...more });
const describe = (before: Policy, after: Policy) => comparePolicies(before, after).map(describeChange);
const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

test.each([
  ['nothing', make([a]), make([a]), []],
  ['a rule added', make([a]), make([b, a]), ['rule "b" added']],
  ['a rule removed', make([a, b, c]), make([a, c]), ['rule "b" removed']],
  ['a rule changed', make([a]), make([{ ...a, onError: 'open' }]), ['rule "a" changed (onError)']],
  ['another order', make([a, b]), make([b, a]), ['rules reordered']],
  ['another order beside new ones', make([a, b]), make([c, a, b]), ['rule "c" added']],
  ['a collection', make([]), make([], { collections: [{ name: 'x' }] }), ['collection "x" added']],
  [
    'settings',
    make([]),
    make([], { settings: { policyRefreshSeconds: 30 } }),
    ['settings changed (policyRefreshSeconds)'],
  ],
  ['WAAS rules', make([]), make([], { waas: { rules: [a] } }), ['WAAS rule "a" added']],
  [
    'another order of WAAS rules',
    make([a, b], { waas: { rules: [a, b] } }),
    make([a, b], { waas: { rules: [b, a] } }),
    ['WAAS rules reordered'],
  ],
  [
    'a protection',
    make([], { waas: { rules: [a] } }),
    make([], { waas: { rules: [{ ...a, protections: { sqli: 'ban' } }] } }),
    ['WAAS rule "a" changed (protections.sqli)'],
  ],
  ['a section', make([a]), make([{ ...a, network: {} }]), ['rule "a" changed (network)']],
])('%s', (_, before, after, changes) => {
  expect(describe(before, after)).toEqual(changes);
});

test('each field says how it differs', () => {
  const entry = { path: '/usr/bin/gs', arguments: ['-q'] };
  const before = make([{ ...a, process: { allow: ['/x', '/y'] }, network: { outbound: ['q:1', 'r:1'] } }]);
  const after = make([
    {
      ...a,
      process: { effect: 'learn', allow: ['/y', entry] },
      network: { outbound: ['r:1', 'q:1'] },
      learn: { hours: 2 },
    },
  ]);
  expect(comparePolicies(before, after)[0]?.fields).toEqual([
    { field: 'process.effect', words: '"prevent" → "learn"' },
    { field: 'process.allow', words: '+ {"path":"/usr/bin/gs","arguments":["-q"]}, - "/x"' },
    { field: 'network.outbound', words: 'now ["r:1","q:1"]' },
    { field: 'learn', words: 'left out → {"hours":2}' },
  ]);
});

test('shapes differ by their routes', () => {
  const withShapes = (...shapes: object[]) =>
    make([], { waas: { rules: [{ ...a, shapes: shapes as { path: string }[] }] } });
  const before = withShapes({ method: 'GET', path: '/a' }, { path: '/b' }, { path: '/c' });
  const after = withShapes(
    { method: 'POST', path: '/a' },
    { path: '/b', body: { required: true } },
    { path: '/c' },
  );
  expect(comparePolicies(before, after)[0]?.fields).toEqual([
    { field: 'shapes', words: '+ POST /a, - GET /a, ~ any /b' },
  ]);
});

test('of a new rule, what differs from the defaults', () => {
  const rule = { ...a, process: { allow: ['/x'] }, secrets: ['S'] };
  expect(comparePolicies(make([]), make([rule]))).toEqual([
    {
      kind: 'added',
      subject: 'rule "a"',
      fields: [
        { field: 'process.allow', words: '+ "/x"' },
        { field: 'secrets', words: '+ "S"' },
      ],
    },
  ]);
});
