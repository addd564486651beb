import { z } from '@hono/zod-openapi';
import { AUDIT_ACTIONS, AUDIT_EFFECTS, AUDIT_TYPES } from '@ringfence/audit';
import { plainText } from '../common/plain-text.ts';

const listOf = <const Values extends readonly string[]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: 'string', description: `One or more of ${values.join(', ')}, separated by commas.` });

const nameOrPattern = plainText(200)
  .min(1)
  .optional()
  .openapi({ description: 'Exact, or with * for any characters.' });

/** The filters that the list and the stream of audits share. */
export const auditFilterSchema = z.object({
  type: listOf(AUDIT_TYPES),
  effect: listOf(AUDIT_EFFECTS),
  action: listOf(AUDIT_ACTIONS),
  function: nameOrPattern,
  region: nameOrPattern,
  account: nameOrPattern,
  q: plainText(200).trim().optional().openapi({
    description: 'Text to find in the message or the detail, ignoring case.',
  }),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;
