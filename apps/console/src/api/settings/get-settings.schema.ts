import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { settingsSchema } from './settings.schema.ts';

export const getSettingsRoute = createRoute({
  method: 'get',
  path: '/api/settings',
  tags: ['Settings'],
  summary: 'Get the settings',
  middleware: allow('admin'),
  responses: {
    200: { description: 'The settings.', ...jsonBody(settingsSchema) },
    ...describeProblems(401, 403),
  },
});
