import { expect, test } from 'vitest';
import { checkPolicy, formatPath } from '../../check-policy.ts';

const check = (...rules: object[]) => {
  const result = checkPolicy({ version: 1, waas: { rules } });
  return result.ok ? [] : result.problems.map(({ path, message }) => `${formatPath(path)} ${message}`);
};

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}`);

test.each<[string, object, string]>([
  ['an effect of the runtime', { effect: 'learn' }, 'effect must be one of disable, alert, prevent, ban'],
  [
    'an unknown protection',
    { protections: { sql: 'alert' } },
    'protections.sql is not a key that is known here',
  ],
  ['the source as a protection', { protections: { source: 'alert' } }, 'protections.source is not a key'],
  ['a confidence over 100', { confidence: 101 }, 'confidence must be at most 100 per cent'],
  ['an exception without a field', { exceptions: [{}] }, 'exceptions[0].field is missing; it must be text'],
  [
    'an exception for no class',
    { exceptions: [{ field: 'a', classes: [] }] },
    'exceptions[0].classes must name',
  ],
  [
    'an exception for an unknown class',
    { exceptions: [{ field: 'a', classes: ['sql'] }] },
    'exceptions[0].classes[0] must be one of sqli, cmdi',
  ],
  ['no network', { sources: { deny: ['example.com'] } }, 'sources.deny[0] must be an IPv4 or IPv6 address'],
  [
    'an unaligned network',
    { sources: { allow: ['10.1.0.0/8'] } },
    'sources.allow[0] must begin with the first',
  ],
  ['a pattern for nothing', { patterns: [{ name: 'p', match: '' }] }, 'patterns[0].match must not be empty'],
  [
    'a status of information',
    { response: { status: 100 } },
    'response.status must be a status from 200 to 599',
  ],
  ['a header behind the type', { response: { type: 'a/b\r\nx: y' } }, 'response.type must be a content type'],
  ['no minutes', { banMinutes: 0 }, 'banMinutes must be at least 1 minute'],
  ['an unknown collection', { collections: ['x'] }, 'collections[0] there is no collection "x"'],
  [
    'more than a Defender takes',
    { sources: { allow: many(1000), deny: many(1000) } },
    ' is too large: compiled it takes up to',
  ],
])('%s is refused', (_, rule, words) => {
  const problems = check({ name: 'r', ...rule });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`waas.rules[0]${words.startsWith(' ') ? '' : '.'}${words}`);
});

test('names are unique among the WAAS rules, and may be those of runtime rules', () => {
  expect(check({ name: 'r' }, { name: 'r' })).toEqual(['waas.rules[1].name rule "r" is defined twice']);
  expect(
    checkPolicy({ version: 1, runtime: { rules: [{ name: 'r' }] }, waas: { rules: [{ name: 'r' }] } }).ok,
  ).toBe(true);
});
