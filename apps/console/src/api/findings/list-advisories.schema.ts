import { createRoute, z } from '@hono/zod-openapi';
import { Finding, SEVERITIES } from '@ringfence/findings';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { stateCountsSchema } from './finding.schema.ts';
import { findingPage, findingPageQuery } from './finding-page.ts';

const advisorySchema = z
  .object({
    rule: z.string(),
    kind: Finding.shape.kind,
    severity: z.enum(SEVERITIES),
    title: z.string(),
    aliases: z.array(z.string()),
    score: z.number().nullable().openapi({ description: 'CVSS base score.' }),
    package: z.string().nullable().openapi({ description: 'Of the worst finding, where it is about one.' }),
    findings: z.int(),
    functions: z.int(),
    names: z.array(z.string()).openapi({ description: 'Of some of the functions.' }),
  })
  .openapi('FoundAdvisory');

export const listAdvisoriesRoute = createRoute({
  method: 'get',
  path: '/api/findings/advisories',
  tags: ['Findings'],
  summary: 'List the advisories and checks that findings are of, the worst first',
  middleware: allow('viewer'),
  request: { query: findingPageQuery },
  responses: {
    200: {
      description: 'A page of advisories.',
      ...findingPage(advisorySchema, { counts: stateCountsSchema }),
    },
    ...describeProblems(400, 401),
  },
});
