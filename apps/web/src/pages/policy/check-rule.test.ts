import { Policy, RuntimeRule } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { checkRule } from './check-rule.ts';
import { type RuleForm, readForm, startForm } from './runtime-form/rule-form.ts';

const policy = Policy.parse({
  version: 1,
  collections: [{ name: 'Converters', functions: ['convert-*'] }],
  runtime: { rules: [{ name: 'first' }, { name: 'second', collections: ['Converters'] }] },
});
const checkForm = (policy: Policy, index: number | undefined, form: RuleForm) =>
  checkRule(policy, 'runtime', index, readForm(form));
const form = startForm(RuntimeRule.parse({ name: 'mine' }));
const withAllow = (allow: string) => ({ ...form, process: { ...form.process, allow } });

describe('checkRule', () => {
  it('makes the rule from the form', () => {
    const check = checkForm(policy, undefined, withAllow('/usr/bin/gs\n\n /opt/bin/* \n'));
    expect(check.ok).toBe(true);
    expect(check.rule.process.allow).toEqual(['/usr/bin/gs', '/opt/bin/*']);
  });

  it('puts each error beside its line, counting empty lines', () => {
    const allow = '/usr/bin/gs\n\ngs\n/a/../b';
    const check = checkForm(policy, undefined, withAllow(allow));
    expect(check.ok).toBe(false);
    const errors = check.lineErrors(allow, 'process', 'allow');
    expect(errors.map(({ line }) => line)).toEqual([3, 4]);
    expect(errors[0]?.message).toContain('absolute path');
  });

  it('puts the errors of conditions beside their own lines, not beside those of the list above', () => {
    const condition = { path: 'gs', arguments: '-q\n**\n-x', parents: 'node' };
    const process = { ...form.process, allow: '/usr/bin/true', conditions: [condition] };
    const check = checkForm(policy, undefined, { ...form, process });
    expect(check.lineErrors(process.allow, 'process', 'allow')).toEqual([]);
    expect(check.error('process', 'allow', 1, 'path')).toContain('absolute path');
    expect(check.lineErrors(condition.arguments, 'process', 'allow', 1, 'arguments')).toMatchObject([
      { line: 2 },
    ]);
    expect(check.lineErrors(condition.parents, 'process', 'allow', 1, 'parents')).toMatchObject([
      { line: 1 },
    ]);
  });

  it('finds errors in the other sections', () => {
    const network = { ...form.network, effect: 'prevent' as const, listen: '80\n70000', outbound: 'a b' };
    const check = checkForm(policy, undefined, {
      ...form,
      network,
      learn: { invocations: '1.5', hours: '' },
    });
    expect(check.lineErrors(network.listen, 'network', 'listen')).toMatchObject([{ line: 2 }]);
    expect(check.lineErrors(network.outbound, 'network', 'outbound')).toMatchObject([{ line: 1 }]);
    expect(check.error('learn', 'invocations')).toContain('whole number');
  });

  it('refuses a name that another rule has, whichever comes first', () => {
    expect(checkForm(policy, undefined, { ...form, name: 'first' }).error('name')).toContain('defined twice');
    expect(checkForm(policy, 0, { ...form, name: 'second' }).error('name')).toContain('defined twice');
    expect(checkForm(policy, 0, { ...form, name: 'first' }).ok).toBe(true);
  });

  it('refuses a rule without collections', () => {
    expect(checkForm(policy, undefined, { ...form, collections: [] }).error('collections')).toContain(
      'at least one',
    );
  });

  it('warns about what is valid but dangerous', () => {
    const codes = checkForm(policy, undefined, withAllow('/**')).warnings.map(({ code }) => code);
    expect(codes).toContain('allow-everything');
  });
});
