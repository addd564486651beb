import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from '@hono/zod-openapi';
import { Policy, Shape } from '@ringfence/policy';

// What holds itself needs a name in the document. `Shape.openapi` is not there: the schema is older than its extension.
zodToOpenAPIRegistry.add(Shape, { _internal: { refId: 'Shape' } });

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
