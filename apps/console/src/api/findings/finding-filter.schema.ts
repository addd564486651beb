import { z } from '@hono/zod-openapi';
import { Finding, SEVERITIES } from '@ringfence/findings';
import { FINDING_STATES } from '../../findings/finding-state.ts';
import { listOf } from '../common/list-of.ts';
import { nameOrPattern } from '../common/name-or-pattern.ts';
import { plainText } from '../common/plain-text.ts';

/** The filters that all lists of findings share. */
export const findingFilterSchema = z.object({
  state: listOf(FINDING_STATES),
  severity: listOf(SEVERITIES),
  kind: listOf(Finding.shape.kind.options),
  reachable: listOf(['yes', 'no', 'unknown']),
  function: nameOrPattern,
  functionId: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')
    .optional(),
  rule: plainText(200).min(1).optional().openapi({ description: 'The advisory or check, exact.' }),
  q: plainText(200).trim().optional().openapi({
    description: 'Text to find in names, aliases, title, message, package and places, ignoring case.',
  }),
});
export type FindingFilter = z.output<typeof findingFilterSchema>;
