import { z } from '@hono/zod-openapi';
import { Audit } from '@ringfence/audit';

/** An audit as the API shows it: as the Defender sent it, with when the Console stored it. */
export const storedAuditSchema = z
  .intersection(Audit, z.object({ functionId: z.string(), receivedAt: z.iso.datetime() }))
  .openapi('Audit');

export type StoredAudit = z.infer<typeof storedAuditSchema>;
