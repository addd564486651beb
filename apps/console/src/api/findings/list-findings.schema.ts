import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { stateCountsSchema, storedFindingSchema } from './finding.schema.ts';
import { findingPage, findingPageQuery } from './finding-page.ts';

export const listFindingsRoute = createRoute({
  method: 'get',
  path: '/api/findings',
  tags: ['Findings'],
  summary: 'List findings, the worst first',
  middleware: allow('viewer'),
  request: { query: findingPageQuery },
  responses: {
    200: {
      description: 'A page of findings.',
      ...findingPage(storedFindingSchema, { counts: stateCountsSchema }),
    },
    ...describeProblems(400, 401),
  },
});
