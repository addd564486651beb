import type { StoredAudit } from '../api/audits/audit.schema.ts';

export type AuditRow = { function_id: string; received_at: Date; line: string };

/** The audit as the API shows it. */
export const presentAudit = ({ function_id, received_at, line }: AuditRow): StoredAudit => ({
  ...JSON.parse(line),
  functionId: function_id,
  receivedAt: received_at.toISOString(),
});
