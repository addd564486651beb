import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { functionParams } from './model.schema.ts';

export const resetModelRoute = createRoute({
  method: 'delete',
  path: '/api/models/{id}',
  tags: ['Models'],
  summary: 'Forget what a function has learned',
  description: 'What it uses from now on is learned anew, as long as its instances learn.',
  middleware: allow('admin'),
  request: { params: functionParams },
  responses: { 204: { description: 'Forgotten.' }, ...describeProblems(400, 401, 403, 404) },
});
