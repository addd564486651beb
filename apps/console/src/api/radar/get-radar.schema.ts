import { createRoute, z } from '@hono/zod-openapi';
import { PostureGraph } from '@ringfence/findings';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { scannedFunctionSchema } from '../findings/publish-report.schema.ts';

const radarSchema = z
  .object({
    projects: z
      .array(
        z.object({
          functionId: z.string().openapi({ description: 'What the ids of its nodes begin with.' }),
          project: scannedFunctionSchema,
          tool: z.string(),
          time: z.iso.datetime().openapi({ description: 'Of its newest report.' }),
        }),
      )
      .openapi({ description: 'The newest first.' }),
    left: z.int().openapi({ description: 'Projects that are left out, as there are too many nodes.' }),
    graph: PostureGraph,
  })
  .openapi('Radar');

export const getRadarRoute = createRoute({
  method: 'get',
  path: '/api/radar',
  tags: ['Radar'],
  summary: 'Get what may reach what',
  description:
    'The graphs of the newest reports of "ringfence posture --publish" and "ringfence check --publish". Severities are those of findings that are open now.',
  middleware: allow('viewer'),
  request: {
    query: z.object({
      functionId: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')
        .optional()
        .openapi({ description: 'One project; left out: all.' }),
    }),
  },
  responses: {
    200: { description: 'Triggers, functions, and what they reach.', ...jsonBody(radarSchema) },
    ...describeProblems(400, 401),
  },
});
