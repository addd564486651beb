import { createRoute, z } from '@hono/zod-openapi';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { sessionSchema } from '../session/session.schema.ts';

export const createAdminRoute = createRoute({
  method: 'post',
  path: '/api/setup',
  tags: ['Session'],
  summary: 'Make the first admin',
  description:
    'Uses the one-time token of the link `/setup#token` that the first start prints, and signs the admin in.',
  request: {
    body: {
      required: true,
      ...jsonBody(
        z.object({
          token: z.string().min(1).max(200),
          email: z.email().max(254),
          password: z.string().min(12).max(200),
        }),
      ),
    },
  },
  responses: {
    201: { description: 'The admin exists and is signed in.', ...jsonBody(sessionSchema) },
    ...describeProblems(400, 403, 409, 413, 429),
  },
});
