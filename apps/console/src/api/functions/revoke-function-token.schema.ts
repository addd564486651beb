import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';

export const revokeFunctionTokenRoute = createRoute({
  method: 'post',
  path: '/api/functions/{id}/revoke-token',
  tags: ['Functions'],
  summary: "Revoke a function's token",
  description: 'Raises the generation; registering the function again gives the new token.',
  middleware: allow('admin'),
  request: { params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits') }) },
  responses: { 204: { description: 'Revoked.' }, ...describeProblems(400, 401, 403, 404) },
});
