import { createRoute, z } from '@hono/zod-openapi';
import { FunctionIdentity } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';

export const registerFunctionRoute = createRoute({
  method: 'post',
  path: '/api/functions',
  tags: ['Functions'],
  summary: 'Register a function',
  description:
    'Idempotent: the same function gets the same token. Answers the configuration for its Defender.',
  middleware: allow('build'),
  request: { body: { required: true, ...jsonBody(FunctionIdentity) } },
  responses: {
    200: {
      description: 'Registered.',
      ...jsonBody(
        z
          .object({
            functionId: z.string().openapi({ description: '32 bytes, hex.' }),
            configuration: z.string().openapi({ description: 'Defender configuration RFD1, base64url.' }),
            revision: z.number().int().openapi({ description: 'Of the policy inside.' }),
          })
          .openapi('RegisteredFunction'),
      ),
    },
    ...describeProblems(400, 401, 403, 413),
  },
});
