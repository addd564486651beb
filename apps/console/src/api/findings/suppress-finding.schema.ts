import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';
import { findingParams } from './finding.schema.ts';

const path = '/api/findings/{functionId}/{tool}/{findingId}/suppression';

export const suppressFindingRoute = createRoute({
  method: 'put',
  path,
  tags: ['Findings'],
  summary: 'Suppress a finding',
  middleware: allow('admin'),
  request: {
    params: findingParams,
    body: {
      required: true,
      ...jsonBody(
        z.object({
          reason: plainText(1000).trim().min(1, 'must say why'),
          expires: z.iso
            .date()
            .refine((day) => day >= new Date().toISOString().slice(0, 10), 'lies in the past')
            .nullable()
            .default(null)
            .openapi({ description: 'The last day on which it holds, by UTC; null for ever.' }),
        }),
      ),
    },
  },
  responses: { 204: { description: 'Suppressed.' }, ...describeProblems(400, 401, 403, 404, 413) },
});

export const unsuppressFindingRoute = createRoute({
  method: 'delete',
  path,
  tags: ['Findings'],
  summary: 'No longer suppress a finding',
  description: 'Of suppressions that were made here; what an ignore file suppresses is changed there.',
  middleware: allow('admin'),
  request: { params: findingParams },
  responses: { 204: { description: 'Shown again.' }, ...describeProblems(400, 401, 403, 404) },
});
