import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { signingKeySchema } from './signing-key.schema.ts';

export const listSigningKeysRoute = createRoute({
  method: 'get',
  path: '/api/signing-keys',
  tags: ['Signing keys'],
  summary: 'List the public signing keys',
  middleware: allow('viewer'),
  responses: {
    200: { description: 'Oldest first.', ...jsonBody(z.object({ items: z.array(signingKeySchema) })) },
    ...describeProblems(401),
  },
});
