import { z } from '@hono/zod-openapi';
import { auditSchema } from '@ringfence/audit';

/** An audit as the API shows it: as the Defender sent it, with when the Console stored it. */
export const storedAuditSchema = auditSchema
  .extend({ functionId: z.string(), receivedAt: z.iso.datetime() })
  .openapi('Audit');
