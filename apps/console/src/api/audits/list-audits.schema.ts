import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { pageLimit } from '../common/page-limit.ts';
import { storedAuditSchema } from './audit.schema.ts';
import { auditFilterSchema } from './audit-filter.schema.ts';

export const listAuditsRoute = createRoute({
  method: 'get',
  path: '/api/audits',
  tags: ['Audits'],
  summary: 'List audits, newest first',
  description:
    'A page can hold fewer items than asked for, or none, while `next` is not null: a search looks at a bounded number of audits for each page.',
  middleware: allow('viewer'),
  request: {
    query: auditFilterSchema.extend({
      from: z.iso.datetime({ offset: true }).optional().openapi({ description: 'At or after.' }),
      to: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Before.' }),
      before: z.string().max(200).optional().openapi({ description: 'The `next` of the page before.' }),
      limit: pageLimit(500, 100),
    }),
  },
  responses: {
    200: {
      description: 'A page of audits.',
      ...jsonBody(
        z.object({
          items: z.array(storedAuditSchema),
          next: z.string().nullable().openapi({ description: 'Goes into `before`; null at the end.' }),
        }),
      ),
    },
    ...describeProblems(400, 401),
  },
});
