import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { policyDocumentSchema } from './policy.schema.ts';

export const getRevisionRoute = createRoute({
  method: 'get',
  path: '/api/policy/history/{revision}',
  tags: ['Policy'],
  summary: 'Get the policy as it was at one revision',
  middleware: allow('viewer'),
  request: {
    params: z.object({
      revision: z
        .string()
        .regex(/^\d{1,15}$/, 'must be a revision')
        .transform(Number),
    }),
  },
  responses: {
    200: { description: 'The policy then.', ...jsonBody(policyDocumentSchema) },
    ...describeProblems(400, 401, 404),
  },
});
