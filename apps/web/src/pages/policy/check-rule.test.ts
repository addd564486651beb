import { Policy } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { checkRule, type RuleForm } from './check-rule.ts';

const policy = Policy.parse({
  version: 1,
  collections: [{ name: 'Converters', functions: ['convert-*'] }],
  runtime: { rules: [{ name: 'first' }, { name: 'second', collections: ['Converters'] }] },
});
const form: RuleForm = {
  name: 'mine',
  collections: ['All'],
  onError: 'closed',
  effect: 'prevent',
  miners: 'prevent',
  secrets: [],
  allow: '',
};

describe('checkRule', () => {
  it('makes the rule from the form', () => {
    const check = checkRule(policy, undefined, { ...form, allow: '/usr/bin/gs\n\n /opt/bin/* \n' });
    expect(check.ok).toBe(true);
    expect(check.rule.process).toEqual({
      effect: 'prevent',
      miners: 'prevent',
      allow: ['/usr/bin/gs', '/opt/bin/*'],
    });
  });

  it('puts each error beside its line, counting empty lines', () => {
    const check = checkRule(policy, undefined, { ...form, allow: '/usr/bin/gs\n\ngs\n/a/../b' });
    expect(check.ok).toBe(false);
    expect(check.lines.map(({ line }) => line)).toEqual([3, 4]);
    expect(check.lines[0]?.message).toContain('absolute path');
  });

  it('refuses a name that another rule has, whichever comes first', () => {
    expect(checkRule(policy, undefined, { ...form, name: 'first' }).errors.name).toContain('defined twice');
    expect(checkRule(policy, 0, { ...form, name: 'second' }).errors.name).toContain('defined twice');
    expect(checkRule(policy, 0, { ...form, name: 'first' }).ok).toBe(true);
  });

  it('refuses a rule without collections', () => {
    expect(checkRule(policy, undefined, { ...form, collections: [] }).errors.collections).toContain(
      'at least one',
    );
  });

  it('warns about what is valid but dangerous', () => {
    const codes = checkRule(policy, undefined, { ...form, allow: '/**' }).warnings.map(({ code }) => code);
    expect(codes).toContain('allow-everything');
  });
});
