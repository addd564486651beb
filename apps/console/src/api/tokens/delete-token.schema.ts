import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { plainText } from '../common/plain-text.ts';

export const deleteTokenRoute = createRoute({
  method: 'delete',
  path: '/api/tokens/{id}',
  tags: ['API tokens'],
  summary: 'Delete an API token',
  middleware: allow('admin'),
  request: { params: z.object({ id: plainText(64) }) },
  responses: {
    204: { description: 'Deleted; it stops working at once.' },
    ...describeProblems(401, 403, 404),
  },
});
