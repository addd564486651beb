import { expect, test } from 'vitest';
import { identity } from '../arbitraries.ts';
import { Policy } from '../policy-schema.ts';
import { explainPolicy } from './explain-policy.ts';

const explain = (...rules: object[]) =>
  explainPolicy(
    Policy.parse({ version: 1, collections: [{ name: 'x', functions: ['x*'] }], waas: { rules } }),
    identity,
  );

test('a WAAS rule decides without a runtime rule, and says what it does', () => {
  const { rule, words, waas } = explain(
    { name: 'a', collections: ['x'] },
    {
      name: 'b',
      effect: 'disable',
      protections: { sqli: 'ban', xss: 'prevent', lfi: 'alert' },
      exceptions: [{ classes: ['sqli'], field: 'body.query', sources: ['10.0.0.0/8'] }, { field: 'path' }],
      sources: { allow: ['192.0.2.1'], deny: ['198.51.100.0/24'] },
      onError: 'closed',
      shapes: [{ path: '/a' }, { path: '/b' }],
    },
  );
  expect(rule).toBeNull();
  expect(words).toContain('is not guarded');
  expect(waas.rule?.name).toBe('b');
  expect(waas.steps.map((step) => step.words)).toEqual([
    'Rule "a" does not match: collection "x" does not hold the function: the name "pay-convert" matches none of x*.',
    'Rule "b" matches: collection "All" holds the function.',
  ]);
  expect(waas.sentences).toEqual([
    'sqli: refused, and its source for a while.',
    'xss: refused.',
    'lfi: only told.',
    'cmdi, code, nosql, ssrf, xxe, ldap, xpath, crlf, prototype, redirect, scanner, malformed, shape, custom: not looked for.',
    'Below a confidence of 60 per cent it is only told.',
    'Requests are checked against the shapes of 2 routes.',
    'Passed over: sqli in body.query from 10.0.0.0/8; everything in path.',
    'Not judged: events from 192.0.2.1.',
    'Refused: events from 198.51.100.0/24.',
    'An event that could not be judged fully is refused.',
  ]);
});

test('events without a rule are not judged', () => {
  const { waas } = explain({ name: 'a', collections: ['x'] });
  expect(waas).toMatchObject({ rule: null, sentences: [] });
  expect(waas.words).toBe('No WAAS rule matches function "pay-convert": its events are not judged.');
});
