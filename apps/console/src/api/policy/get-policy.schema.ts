import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { policyDocumentSchema } from './policy.schema.ts';

export const getPolicyRoute = createRoute({
  method: 'get',
  path: '/api/policy',
  tags: ['Policy'],
  summary: 'Get the policy',
  description:
    'The whole policy and its revision; the ETag is the revision in quotes. Revision 0 is the empty policy.',
  middleware: allow('viewer'),
  responses: {
    200: { description: 'The policy.', ...jsonBody(policyDocumentSchema) },
    304: { description: 'Unchanged since the ETag in If-None-Match.' },
    ...describeProblems(401),
  },
});
