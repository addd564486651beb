import { expect, test } from 'vitest';
import { actionExists, takesResources } from './actions.ts';

test.each<[string, boolean, boolean]>([
  ['dynamodb:GetItem', true, true],
  ['DynamoDB:getitem', true, true],
  ['dynamodb:Get*', true, true],
  ['dynamodb:ListTables', true, false],
  ['xray:PutTraceSegments', true, false],
  ['s3:GetObject', true, true],
  ['dynamodb:GetItems', false, false],
  ['dynamodb:Got*', false, false],
  ['nothing:Get', false, false],
  ['s3:Get(Object', false, false],
  ['*', true, true],
])('%s', async (action, exists, onResources) => {
  expect(await actionExists(action)).toBe(exists);
  expect(await takesResources(action)).toBe(onResources);
});
