import { z } from '@hono/zod-openapi';
import { AUDIT_ACTIONS, AUDIT_EFFECTS, AUDIT_TYPES } from '@ringfence/audit';
import { listOf } from '../common/list-of.ts';
import { nameOrPattern } from '../common/name-or-pattern.ts';
import { plainText } from '../common/plain-text.ts';

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
