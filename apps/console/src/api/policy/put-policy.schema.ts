import { createRoute, z } from '@hono/zod-openapi';
import { Policy } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';
import { policyDocumentSchema } from './policy.schema.ts';

export const putPolicyRoute = createRoute({
  method: 'put',
  path: '/api/policy',
  tags: ['Policy'],
  summary: 'Replace the policy',
  description:
    'With If-Match, only when the stored revision is that one (else 412); without, whatever is stored. A policy equal to the stored one makes no new revision.',
  middleware: allow('admin'),
  request: {
    headers: z.object({
      'if-match': z.string().max(100).optional().openapi({ example: '"7"' }),
    }),
    body: {
      required: true,
      ...jsonBody(
        z.object({
          policy: Policy,
          note: plainText(500).optional().openapi({ description: 'Why; shown in the history.' }),
        }),
      ),
    },
  },
  responses: {
    200: { description: 'Stored.', ...jsonBody(policyDocumentSchema) },
    ...describeProblems(400, 401, 403, 412, 413),
  },
});
