import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { auditFilterSchema } from './audit-filter.schema.ts';

export const streamAuditsRoute = createRoute({
  method: 'get',
  path: '/api/audits/stream',
  tags: ['Audits'],
  summary: 'Follow new audits',
  description: [
    'Server-sent events: `audit` with an Audit as data and a position as id, and `missed`',
    'where audits came faster than the stream shows them, so that some were left out (the list has them).',
    'With Last-Event-ID, starts after that position. A comment line every 15 seconds keeps the connection open.',
  ].join(' '),
  middleware: allow('viewer'),
  request: {
    query: auditFilterSchema,
    headers: z.object({ 'last-event-id': z.string().max(100).optional() }),
  },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...describeProblems(400, 401, 429),
  },
});
