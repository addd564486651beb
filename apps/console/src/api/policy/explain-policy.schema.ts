import { createRoute, z } from '@hono/zod-openapi';
import { explanationSchema, functionIdentitySchema } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';

export const explainPolicyRoute = createRoute({
  method: 'post',
  path: '/api/policy/explain',
  tags: ['Policy'],
  summary: 'Which rule matches a function, and why the ones before did not',
  middleware: allow('viewer'),
  request: {
    body: { required: true, ...jsonBody(z.object({ function: functionIdentitySchema })) },
  },
  responses: {
    200: { description: 'The verdict on each rule in order.', ...jsonBody(explanationSchema) },
    ...describeProblems(400, 401, 413),
  },
});
