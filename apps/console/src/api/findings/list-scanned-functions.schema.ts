import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { severityCountsSchema, stateCountsSchema } from './finding.schema.ts';
import { findingPage, findingPageQuery } from './finding-page.ts';
import { scannedFunctionSchema } from './publish-report.schema.ts';

const scannedSchema = z
  .object({
    functionId: z.string(),
    function: scannedFunctionSchema,
    time: z.iso.datetime().openapi({ description: 'Of the newest report.' }),
    advisories: z.iso.datetime().nullable().openapi({
      description: 'The newest advisory that its packages were matched against.',
    }),
    rematched: z.boolean().openapi({ description: "Whether against the Console's own advisories." }),
    severities: severityCountsSchema,
  })
  .openapi('ScannedFunction');

export const listScannedFunctionsRoute = createRoute({
  method: 'get',
  path: '/api/findings/functions',
  tags: ['Findings'],
  summary: 'List the functions that reports are stored about, the worst first',
  description:
    'Counts are of the findings that pass the filters. Functions without any are listed when open ones are asked for, and nothing narrower.',
  middleware: allow('viewer'),
  request: { query: findingPageQuery },
  responses: {
    200: {
      description: 'A page of functions.',
      ...findingPage(scannedSchema, { counts: stateCountsSchema }),
    },
    ...describeProblems(400, 401),
  },
});
