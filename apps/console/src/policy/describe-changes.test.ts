import { Policy } from '@ringfence/policy';
import { expect, test } from 'vitest';
import { describeChanges } from './describe-changes.ts';

const make = (rules: object[], more: object = {}) =>
  Policy.parse({ version: 1, runtime: { rules }, ...more });
const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

test.each([
  ['nothing', make([a]), make([a]), []],
  ['a rule added', make([a]), make([b, a]), ['rule "b" added']],
  ['a rule removed', make([a, b, c]), make([a, c]), ['rule "b" removed']],
  ['a rule changed', make([a]), make([{ ...a, onError: 'open' }]), ['rule "a" changed']],
  ['another order', make([a, b]), make([b, a]), ['rules reordered']],
  ['a collection', make([]), make([], { collections: [{ name: 'x' }] }), ['collection "x" added']],
  ['settings', make([]), make([], { settings: { policyRefreshSeconds: 30 } }), ['settings changed']],
])('%s', (_what, before, after, changes) => {
  expect(describeChanges(before, after)).toEqual(changes);
});
