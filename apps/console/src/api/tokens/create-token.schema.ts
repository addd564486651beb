import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';
import { roleSchema } from '../common/role.schema.ts';
import { tokenSchema } from './token.schema.ts';

export const createTokenRoute = createRoute({
  method: 'post',
  path: '/api/tokens',
  tags: ['API tokens'],
  summary: 'Make an API token',
  description: 'The token itself is in this answer only; the Console keeps just its hash.',
  middleware: allow('admin'),
  request: {
    body: {
      required: true,
      ...jsonBody(
        z.object({
          name: plainText(100).trim().min(1),
          role: roleSchema,
          expiresInDays: z.number().int().min(1).max(3650).optional(),
        }),
      ),
    },
  },
  responses: {
    201: {
      description: 'The token.',
      ...jsonBody(tokenSchema.extend({ token: z.string() }).openapi('NewApiToken')),
    },
    ...describeProblems(400, 401, 403, 413),
  },
});
