import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { modelSummarySchema } from './model.schema.ts';

export const listModelsRoute = createRoute({
  method: 'get',
  path: '/api/models',
  tags: ['Models'],
  summary: 'List what functions have learned',
  description: 'The functions that have a model, or that should get one by the present policy.',
  middleware: allow('viewer'),
  responses: {
    200: { description: 'By name.', ...jsonBody(z.object({ items: z.array(modelSummarySchema) })) },
    ...describeProblems(401),
  },
});
