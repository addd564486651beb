import { createRoute, z } from '@hono/zod-openapi';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';
import { sessionSchema } from './session.schema.ts';

export const signInRoute = createRoute({
  method: 'post',
  path: '/api/session',
  tags: ['Session'],
  summary: 'Sign in',
  description: 'Sets the session cookie. After too many failures, answers 429 for a while.',
  request: {
    body: {
      required: true,
      ...jsonBody(z.object({ email: plainText(254).min(1), password: z.string().min(1).max(200) })),
    },
  },
  responses: {
    200: { description: 'Signed in.', ...jsonBody(sessionSchema) },
    ...describeProblems(400, 401, 413, 429),
  },
});
