import { createRoute, z } from '@hono/zod-openapi';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';

export const getHealthRoute = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Health'],
  summary: 'Is the Console ready',
  responses: {
    200: {
      description: 'Ready.',
      ...jsonBody(
        z.object({
          status: z.literal('ready'),
          version: z.string(),
          setup: z.boolean().openapi({ description: 'Whether the first admin is still to be made.' }),
        }),
      ),
    },
    ...describeProblems(503),
  },
});
