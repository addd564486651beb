import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { sessionSchema } from './session.schema.ts';

export const getSessionRoute = createRoute({
  method: 'get',
  path: '/api/session',
  tags: ['Session'],
  summary: 'Who am I',
  middleware: allow('viewer', 'build'),
  responses: {
    200: { description: 'The person or API token that asks.', ...jsonBody(sessionSchema) },
    ...describeProblems(401),
  },
});
