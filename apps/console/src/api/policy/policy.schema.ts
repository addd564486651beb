import { z } from '@hono/zod-openapi';
import { Policy } from '@ringfence/policy';

/** A stored policy with its revision, which is also its ETag. */
export const policyDocumentSchema = z
  .object({ revision: z.number().int().min(0), policy: Policy })
  .openapi('PolicyDocument');

/** What one revision changed, for people. */
export const revisionSchema = z
  .object({
    revision: z.number().int(),
    changedAt: z.iso.datetime(),
    changedBy: z.string(),
    note: z.string(),
    changes: z.array(z.string()).openapi({ example: ['rule "Converters" added', 'rules reordered'] }),
  })
  .openapi('PolicyRevision');
