import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { eventSchema, findingParams, storedFindingSchema } from './finding.schema.ts';
import { scannedFunctionSchema } from './publish-report.schema.ts';

export const getFindingRoute = createRoute({
  method: 'get',
  path: '/api/findings/{functionId}/{tool}/{findingId}',
  tags: ['Findings'],
  summary: 'Get one finding with its history',
  middleware: allow('viewer'),
  request: { params: findingParams },
  responses: {
    200: {
      description: 'The finding.',
      ...jsonBody(
        storedFindingSchema
          .extend({
            deployed: z.array(scannedFunctionSchema.extend({ functionId: z.string() })).openapi({
              description:
                'The functions with a Defender that a finding of posture is about, by the names in its graph.',
            }),
            history: z.array(eventSchema).openapi({ description: 'Newest first, at most 100.' }),
          })
          .openapi('FindingWithHistory'),
      ),
    },
    ...describeProblems(400, 401, 404),
  },
});
