import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { pageLimit } from '../common/page-limit.ts';
import { revisionSchema } from './policy.schema.ts';

export const listRevisionsRoute = createRoute({
  method: 'get',
  path: '/api/policy/history',
  tags: ['Policy'],
  summary: 'List the revisions of the policy',
  middleware: allow('viewer'),
  request: {
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15}$/, 'must be a revision')
        .transform(Number)
        .optional(),
      limit: pageLimit(200, 50),
    }),
  },
  responses: {
    200: {
      description: 'Newest first.',
      ...jsonBody(z.object({ items: z.array(revisionSchema), next: z.string().nullable() })),
    },
    ...describeProblems(400, 401),
  },
});
