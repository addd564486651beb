import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { tokenSchema } from './token.schema.ts';

export const listTokensRoute = createRoute({
  method: 'get',
  path: '/api/tokens',
  tags: ['API tokens'],
  summary: 'List API tokens',
  middleware: allow('admin'),
  responses: {
    200: {
      description: 'All API tokens, newest first.',
      ...jsonBody(z.object({ items: z.array(tokenSchema) })),
    },
    ...describeProblems(401, 403),
  },
});
