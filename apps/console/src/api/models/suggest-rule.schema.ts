import { createRoute, z } from '@hono/zod-openapi';
import { Collection, RuntimeRule } from '@ringfence/policy';
import { allow } from '../common/allow.ts';
import { describeProblems } from '../common/describe-problems.ts';
import { jsonBody } from '../common/json-body.ts';
import { functionParams } from './model.schema.ts';

const suggestionSchema = z
  .object({
    collection: Collection,
    rule: RuntimeRule,
    evidence: z
      .array(
        z.object({
          path: z
            .array(z.union([z.string(), z.number()]))
            .openapi({ description: 'Of the entry, from the rule.' }),
          count: z.int(),
          first: z.int(),
          last: z.int(),
        }),
      )
      .openapi({ description: 'How often each entry was used, and when: Unix milliseconds.' }),
    yaml: z
      .string()
      .openapi({ description: 'Collection and rule as a policy in YAML, the evidence as comments.' }),
  })
  .openapi('Suggestion');

export const suggestRuleRoute = createRoute({
  method: 'get',
  path: '/api/models/{id}/suggestion',
  tags: ['Models'],
  summary: 'Suggest the tightest rule that would have allowed what a function has learned',
  description:
    'Sections that did not learn stay as the rule that decides now has them. Nothing is changed: put the rule above that one.',
  middleware: allow('viewer'),
  request: { params: functionParams },
  responses: {
    200: { description: 'The suggestion.', ...jsonBody(suggestionSchema) },
    ...describeProblems(400, 401, 404, 409),
  },
});
