import { createRoute } from '@hono/zod-openapi';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { signingKeySchema } from './signing-key.schema.ts';

export const rotateSigningKeyRoute = createRoute({
  method: 'post',
  path: '/api/signing-keys/rotate',
  tags: ['Signing keys'],
  summary: 'Make a new signing key',
  description: 'The old key signs a link to the new one, so functions that pinned an older key follow.',
  middleware: allow('admin'),
  responses: {
    201: {
      description: 'The new key; policies are signed with it from now on.',
      ...jsonBody(signingKeySchema),
    },
    ...describeProblems(401, 403),
  },
});
