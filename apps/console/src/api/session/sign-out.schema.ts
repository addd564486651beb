import { createRoute } from '@hono/zod-openapi';
import { describeProblems } from '../common/describe-problems.ts';

export const signOutRoute = createRoute({
  method: 'delete',
  path: '/api/session',
  tags: ['Session'],
  summary: 'Sign out',
  responses: { 204: { description: 'Signed out.' }, ...describeProblems(403) },
});
