import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { anyIdentity } from './arbitraries.ts';
import { checkPolicy } from './check-policy.ts';
import { FunctionIdentity } from './function-identity.ts';
import { Policy } from './policy-schema.ts';
import { findPathPatternProblem } from './sections/path-pattern.ts';

test.each([
  ['usr/bin/gs', 'absolute'],
  ['', 'absolute'],
  ['/', 'empty part'],
  ['/opt//x', 'empty part'],
  ['/opt/', 'empty part'],
  ['/opt/../bin/sh', '..'],
  ['/opt/.', '..'],
  ['/opt/a\0b', 'NUL'],
  ['/opt/a\nb', 'control'],
  ['/opt/\ud800', 'control'],
  ['/opt/***', '***'],
  [`/${'x'.repeat(512)}`, '512 bytes'],
  [`/${'ü'.repeat(256)}`, '512 bytes'],
])('pattern %j is refused', (pattern, words) => {
  expect(findPathPatternProblem(pattern)).toContain(words);
  const input = { version: 1, runtime: { rules: [{ name: 'r', process: { allow: [pattern] } }] } };
  expect(checkPolicy(input)).toMatchObject({
    ok: false,
    problems: [{ path: ['runtime', 'rules', 0, 'process', 'allow', 0] }],
  });
});

test.each(['/usr/bin/gs', '/opt/..x/.y', '/opt/*/**/z?', `/${'x'.repeat(511)}`, '/opt/two words'])(
  'pattern %j is taken',
  (pattern) => {
    expect(findPathPatternProblem(pattern)).toBeUndefined();
  },
);

const rules = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `r${index}` }));
const withAllow = (count: number) => [
  { name: 'r', process: { allow: Array.from({ length: count }, (_, index) => `/x${index}`) } },
];

const withFiles = (count: number, length: number) => {
  const patterns = Array.from({ length: count }, (_, index) => `/${`${index}`.padStart(length - 1, 'x')}`);
  return [{ name: 'r', files: { read: patterns, write: patterns, execute: patterns } }];
};

test.each([
  ['1000 rules', { runtime: { rules: rules(1000) } }, true],
  ['1001 rules', { runtime: { rules: rules(1001) } }, false],
  ['256 entries', { runtime: { rules: withAllow(256) } }, true],
  ['257 entries', { runtime: { rules: withAllow(257) } }, false],
  ['256 long patterns', { runtime: { rules: withFiles(256, 200) } }, false],
  ['256 short patterns in each list', { runtime: { rules: withFiles(256, 4) } }, true],
  ['no pattern in a list', { collections: [{ name: 'c', functions: [] }] }, false],
  ['a space in a pattern', { collections: [{ name: 'c', functions: ['a b'] }] }, false],
  ['a name of 128 characters', { collections: [{ name: 'c'.repeat(128) }] }, true],
  ['a name of 129 characters', { collections: [{ name: 'c'.repeat(129) }] }, false],
  ['a name with a space at its end', { collections: [{ name: 'c ' }] }, false],
  ['a name with a newline', { collections: [{ name: 'a\nb' }] }, false],
])('%s: %#', (_, part, ok) => {
  expect(checkPolicy({ version: 1, ...part }).ok).toBe(ok);
});

test.each([null, undefined, 1, 'x', [], () => 1, Symbol('x')])(
  '%s is no policy, and nothing is thrown',
  (input) => {
    expect(checkPolicy(input).ok).toBe(false);
  },
);

test('an identity with a newline, a space or too long a part is refused', () => {
  fc.assert(
    fc.property(
      anyIdentity,
      fc.constantFrom('cloud', 'account', 'region', 'name', 'runtime', 'arch'),
      fc.constantFrom('a\nb', '', 'a b', '\0', 'ü', 'x'.repeat(150)),
      (identity, field, value) => {
        expect(FunctionIdentity.safeParse(identity).success).toBe(true);
        expect(FunctionIdentity.safeParse({ ...identity, [field]: value }).success).toBe(false);
      },
    ),
  );
});

/** Every property of the JSON Schema without a description. */
function findUndescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items } = schema as { properties?: Record<string, object>; items?: object };
  const own = Object.entries(properties).flatMap(([key, value]) => [
    ...('description' in value ? [] : [`${path}.${key}`]),
    ...findUndescribed(value, `${path}.${key}`),
  ]);
  return [...own, ...findUndescribed(items, `${path}[]`)];
}

test('every key is described, for forms and API documents', () => {
  const schema = z.toJSONSchema(Policy, { io: 'input' });
  expect(Object.keys(schema.properties ?? {})).toEqual([
    'version',
    'collections',
    'runtime',
    'waas',
    'settings',
  ]);
  expect(schema.required).toEqual(['version']);
  expect([
    ...findUndescribed(schema, 'policy'),
    ...findUndescribed(z.toJSONSchema(FunctionIdentity), 'identity'),
  ]).toEqual([]);
});
