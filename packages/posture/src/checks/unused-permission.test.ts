import { expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { codeAndPolicy } from './example-templates.ts';
import { unusedPermission } from './unused-permission.ts';

test.each([
  ['asks a search domain over HTTP', 'es:ESHttpGet', 0],
  ['signs in to a database', 'rds-db:connect', 0],
  ['makes a search domain', 'es:CreateDomain', 1],
])('a role of a function that may be one that %s', async (_, action, count) => {
  const graph = await readNeeds(graphOf(codeAndPolicy(`[dynamodb:GetItem, '${action}']`)), '/');
  expect(await unusedPermission.find(graph)).toHaveLength(count);
});

test('of a pattern that is too broad only what it is needed for is told', async () => {
  const graph = await readNeeds(
    graphOf(codeAndPolicy("['dynamodb:Get*', 'dynamodb:Batch*', dynamodb:DeleteTable]")),
    '/',
  );
  const [{ message = '' } = {}] = await unusedPermission.find(graph);
  expect(message).toContain('dynamodb:Get* is allowed, and only dynamodb:GetItem is needed.');
});
