import { createRoute, z } from '@hono/zod-openapi';
import { FunctionIdentity } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';

export const defenderSchema = z
  .object({
    functionId: z.string(),
    function: FunctionIdentity,
    registeredAt: z.iso.datetime(),
    firstSeen: z.iso.datetime().nullable(),
    lastSeen: z.iso.datetime().nullable(),
    version: z.string().nullable().openapi({ description: "The function's version, as last seen." }),
    defenderVersion: z.string().nullable().openapi({ description: "The init's version." }),
    tier: z.string().nullable().openapi({ description: 'T0, T1, T2 or none.' }),
    coverage: z.record(z.string(), z.unknown()).nullable().openapi({
      description: 'Detail of the last coverage audit.',
    }),
    policyRevision: z.number().int().nullable().openapi({ description: 'That the Defender enforces.' }),
    instances: z
      .number()
      .int()
      .openapi({ description: 'Distinct instances heard from in the last 15 minutes.' }),
  })
  .openapi('Defender');

export const listDefendersRoute = createRoute({
  method: 'get',
  path: '/api/defenders',
  tags: ['Defenders'],
  summary: 'List the functions with a Defender',
  middleware: allow('admin'),
  responses: {
    200: {
      description: 'Last seen first; registered functions that were never seen come last.',
      ...jsonBody(
        z.object({
          items: z.array(defenderSchema),
          currentRevision: z.number().int().openapi({ description: 'Of the policy stored now.' }),
        }),
      ),
    },
    ...describeProblems(401, 403),
  },
});
