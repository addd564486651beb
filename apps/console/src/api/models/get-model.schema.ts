import { createRoute, z } from '@hono/zod-openapi';
import { ModelEntry } from '@ringfence/audit';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { functionParams, modelSummarySchema } from './model.schema.ts';

export const getModelRoute = createRoute({
  method: 'get',
  path: '/api/models/{id}',
  tags: ['Models'],
  summary: 'Get what a function has learned',
  middleware: allow('viewer'),
  request: { params: functionParams },
  responses: {
    200: {
      description:
        'What was used most often comes first. Paths of files begin with a variable where they can.',
      ...jsonBody(z.object({ model: modelSummarySchema, entries: z.array(ModelEntry) })),
    },
    ...describeProblems(400, 401, 404),
  },
});
