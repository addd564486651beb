import { createRoute, z } from '@hono/zod-openapi';
import { Effect, FunctionIdentity, RuntimeRule, WaasRule } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';

const stepsSchema = z.array(
  z.object({
    rule: z.string(),
    index: z.number().int(),
    matched: z.boolean(),
    collections: z.array(
      z.object({
        collection: z.string(),
        matched: z.boolean(),
        failed: z.array(
          z.object({
            dimension: z.enum(['accounts', 'regions', 'runtimes', 'functions']),
            patterns: z.array(z.string()),
            value: z.string(),
          }),
        ),
      }),
    ),
    words: z.string(),
  }),
);

const explanationSchema = z
  .object({
    rule: RuntimeRule.nullable().openapi({ description: 'The rule that decides; null when none matches.' }),
    sections: z
      .array(
        z.object({
          section: z.enum(['process', 'network', 'files', 'secrets', 'learn']),
          effect: Effect.nullable(),
          words: z.string(),
        }),
      )
      .openapi({ description: 'What the rule says of each section.' }),
    steps: stepsSchema,
    words: z.string(),
    waas: z
      .object({
        rule: WaasRule.nullable().openapi({ description: 'The WAAS rule that decides.' }),
        sentences: z.array(z.string()).openapi({ description: 'What the rule says.' }),
        steps: stepsSchema,
        words: z.string(),
      })
      .openapi({ description: 'The same for the WAAS rules, which are tried by themselves.' }),
  })
  .openapi('PolicyExplanation');

export const explainPolicyRoute = createRoute({
  method: 'post',
  path: '/api/policy/explain',
  tags: ['Policy'],
  summary: 'Which rule matches a function, and why the ones before did not',
  middleware: allow('viewer'),
  request: {
    body: { required: true, ...jsonBody(z.object({ function: FunctionIdentity })) },
  },
  responses: {
    200: {
      description: 'Each rule up to the one that matches, in order.',
      ...jsonBody(explanationSchema),
    },
    ...describeProblems(400, 401, 413),
  },
});
