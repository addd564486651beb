import { Policy, type PolicyInput } from '@ringfence/policy';
import { expect, it } from 'vitest';
import { describeChanges } from './describe-changes.ts';

const policy = (input: Omit<PolicyInput, 'version'>) => Policy.parse({ version: 1, ...input });

it('is empty for equal policies', () => {
  const one = policy({ runtime: { rules: [{ name: 'A' }] } });
  expect(describeChanges(one, structuredClone(one))).toEqual([]);
});

it('names what is added, removed, changed and moved', () => {
  const before = policy({
    collections: [{ name: 'Old' }],
    runtime: { rules: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
  });
  const after = policy({
    collections: [{ name: 'New', regions: ['eu-*'] }],
    runtime: { rules: [{ name: 'C' }, { name: 'B', process: { effect: 'alert' } }] },
    settings: { policyRefreshSeconds: 30 },
  });
  expect(describeChanges(before, after)).toEqual([
    '- collection "Old"',
    '+ collection "New": {"functions":["*"],"regions":["eu-*"],"accounts":["*"],"runtimes":["*"]}',
    '- rule "A"',
    '~ rule "B": process {"effect":"prevent","allow":[],"miners":"prevent"} → {"effect":"alert","allow":[],"miners":"prevent"}',
    '~ order of the rules: C, B',
    '~ settings: policyRefreshSeconds 60 → 30',
  ]);
});
