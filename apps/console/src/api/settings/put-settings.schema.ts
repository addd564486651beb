import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { settingsSchema } from './settings.schema.ts';

export const putSettingsRoute = createRoute({
  method: 'put',
  path: '/api/settings',
  tags: ['Settings'],
  summary: 'Replace the settings',
  middleware: allow('admin'),
  request: { body: { required: true, ...jsonBody(settingsSchema) } },
  responses: {
    200: { description: 'Stored.', ...jsonBody(settingsSchema) },
    ...describeProblems(400, 401, 403, 413),
  },
});
