import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { functionParams } from './finding.schema.ts';

export const forgetFunctionRoute = createRoute({
  method: 'delete',
  path: '/api/reports/{functionId}',
  tags: ['Findings'],
  summary: 'Forget the reports about a function',
  description: 'Its findings and their history go too: for functions that are no longer deployed.',
  middleware: allow('admin'),
  request: { params: functionParams },
  responses: { 204: { description: 'Forgotten.' }, ...describeProblems(400, 401, 403, 404) },
});
