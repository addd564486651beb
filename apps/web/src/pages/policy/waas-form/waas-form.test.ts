import { Policy, WaasRule } from '@ringfence/policy/schema';
import { expect, it } from 'vitest';
import { checkRule } from '../check-rule.ts';
import { readForm, startForm } from './waas-form.ts';

const full = WaasRule.parse({
  name: 'full',
  onError: 'closed',
  effect: 'prevent',
  protections: { sqli: 'ban', scanner: 'disable' },
  confidence: 80,
  exceptions: [{ field: 'a.*' }, { field: 'b', classes: ['xss'], sources: ['10.0.0.0/8', '::1'] }],
  patterns: [{ name: 'old', match: '*.pl*' }],
  sources: { allow: ['10.0.0.0/8'], deny: ['192.0.2.1'] },
  response: { status: 404, type: 'text/html', body: '<p>no</p>' },
  records: 'drop',
  banMinutes: 60,
});
const policy = Policy.parse({ version: 1 });

it.each([full, WaasRule.parse({ name: 'of nothing but a name' })])('gives back the rule $name', (rule) => {
  expect(readForm(startForm(rule))).toEqual(rule);
});

it('tells what is wrong beside its place', () => {
  const form = startForm(full);
  const exceptions = [{ field: '', classes: [], sources: '10.0.0.0/8\nnowhere' }];
  const response = { ...form.response, status: '99' };
  const check = checkRule(
    policy,
    'waas',
    undefined,
    readForm({ ...form, exceptions, response, confidence: '' }),
  );
  expect(check.error('exceptions', 0, 'field')).toContain('must not be empty');
  expect(check.lineErrors(exceptions[0]?.sources ?? '', 'exceptions', 0, 'sources')).toMatchObject([
    { line: 2 },
  ]);
  expect(check.error('response', 'status')).toContain('200');
  expect(check.error('confidence')).toBeDefined();
});

it('refuses a name that another WAAS rule has, and takes that of a runtime rule', () => {
  const named = Policy.parse({
    version: 1,
    runtime: { rules: [{ name: 'full' }] },
    waas: { rules: [{ name: 'taken' }] },
  });
  expect(checkRule(named, 'waas', undefined, full).ok).toBe(true);
  expect(checkRule(named, 'waas', undefined, { ...full, name: 'taken' }).error('name')).toContain('twice');
});
