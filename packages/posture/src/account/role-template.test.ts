import { expect, test } from 'vitest';
import { runChecks } from '../checks/run-checks.ts';
import { actionExists } from '../iam/actions.ts';
import { graphOf } from '../testing/graph-of.ts';
import { accountActions, codeActions } from './actions.ts';
import { roleTemplate } from './role-template.ts';

test.each(Object.keys({ ...accountActions, ...codeActions }))(
  '%s is an action of AWS that only reads',
  async (action) => {
    expect(await actionExists(action)).toBe(true);
    expect(action).toMatch(/:(GET$|Get|List|Describe)/);
  },
);

test('the role is a template in which posture finds nothing but that it reads all of the account', async () => {
  const found = await runChecks(graphOf(roleTemplate()));
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(['posture/wildcard-resource']));
});

test('the role may read code only where that is asked for', () => {
  expect(roleTemplate()).not.toContain('lambda:GetFunction\n');
  expect(roleTemplate({ code: true })).toContain('lambda:GetFunction\n');
});
