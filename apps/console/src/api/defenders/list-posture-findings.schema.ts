import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { functionParams, storedFindingSchema } from '../findings/finding.schema.ts';

export const listPostureFindingsRoute = createRoute({
  method: 'get',
  path: '/api/defenders/{functionId}/findings',
  tags: ['Defenders'],
  summary: 'List what posture finds wrong with a function that has a Defender',
  description:
    'Open findings about the function, or its role, of all projects and accounts whose graph has a function of its name in its region and account.',
  middleware: allow('viewer'),
  request: { params: functionParams },
  responses: {
    200: {
      description: 'The worst 50.',
      ...jsonBody(z.object({ items: z.array(storedFindingSchema), total: z.int() })),
    },
    ...describeProblems(400, 401, 404),
  },
});
