import { Policy } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { describeChanges } from './describe-changes.ts';

const policyOf = (...rules: object[]) => Policy.parse({ version: 1, runtime: { rules } });

describe('describeChanges', () => {
  it('is empty for equal policies', () => {
    expect(describeChanges(policyOf({ name: 'a' }), policyOf({ name: 'a' }))).toEqual([]);
  });

  it('tells what was added, removed and changed', () => {
    const before = policyOf({ name: 'a' }, { name: 'b' });
    const after = policyOf({ name: 'b', onError: 'open' }, { name: 'c' });
    expect(describeChanges(before, after)).toEqual([
      'rule “a” removed',
      'rule “c” added',
      'rule “b” changed',
    ]);
  });

  it('tells a new order apart from a change', () => {
    const before = policyOf({ name: 'a' }, { name: 'b' });
    expect(describeChanges(before, policyOf({ name: 'b' }, { name: 'a' }))).toEqual(['rules reordered']);
  });

  it('tells changed Defender settings', () => {
    const before = policyOf();
    expect(
      describeChanges(before, { ...before, settings: { ...before.settings, policyRefreshSeconds: 30 } }),
    ).toEqual(['Defender settings changed']);
  });
});
