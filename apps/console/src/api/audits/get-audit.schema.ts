import { createRoute, z } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { plainText } from '../common/plain-text.ts';
import { storedAuditSchema } from './audit.schema.ts';

export const getAuditRoute = createRoute({
  method: 'get',
  path: '/api/audits/{id}',
  tags: ['Audits'],
  summary: 'Get one audit with its raw line',
  middleware: allow('viewer'),
  request: { params: z.object({ id: plainText(100) }) },
  responses: {
    200: {
      description: 'The audit.',
      ...jsonBody(
        z
          .intersection(
            storedAuditSchema,
            z.object({ line: z.string().openapi({ description: 'Exactly as the Defender sent it.' }) }),
          )
          .openapi('AuditWithLine'),
      ),
    },
    ...describeProblems(401, 404),
  },
});
