import { Policy } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { type CollectionForm, checkCollection, putCollection } from './check-collection.ts';

const policy = Policy.parse({
  version: 1,
  collections: [{ name: 'Converters', functions: ['convert-*'] }],
  runtime: { rules: [{ name: 'first', collections: ['Converters'] }] },
  waas: { rules: [{ name: 'apis', collections: ['Converters'] }] },
});
const form: CollectionForm = {
  name: 'Paris',
  functions: '',
  regions: 'eu-west-3\n',
  accounts: '',
  runtimes: '',
};

describe('checkCollection', () => {
  it('reads empty lists as everything', () => {
    const check = checkCollection(policy, undefined, form);
    expect(check.ok).toBe(true);
    expect(check.collection).toEqual({
      name: 'Paris',
      functions: ['*'],
      regions: ['eu-west-3'],
      accounts: ['*'],
      runtimes: ['*'],
    });
  });

  it('puts each error beside its line', () => {
    const check = checkCollection(policy, undefined, { ...form, functions: 'good-*\n\nnot good' });
    expect(check.lines.functions.map(({ line }) => line)).toEqual([3]);
  });

  it('refuses a taken name and the built-in one', () => {
    expect(checkCollection(policy, undefined, { ...form, name: 'Converters' }).name).toContain(
      'defined twice',
    );
    expect(checkCollection(policy, undefined, { ...form, name: 'All' }).name).toContain('built in');
  });
});

it('renames a collection in the rules that name it', () => {
  const renamed = putCollection(policy, 0, checkCollection(policy, 0, form).collection);
  expect(renamed.runtime.rules[0]?.collections).toEqual(['Paris']);
  expect(renamed.waas.rules[0]?.collections).toEqual(['Paris']);
  expect(Policy.safeParse(renamed).success).toBe(true);
});
