import type { Selectable } from 'kysely';
import type { StoredFinding } from '../api/findings/finding.schema.ts';
import type { Tables } from '../store/tables.ts';
import type { FindingState } from './finding-state.ts';

export type FindingRow = Selectable<Tables['findings']> &
  Pick<Selectable<Tables['reports']>, 'cloud' | 'account' | 'region' | 'name'> & { state: FindingState };

const presentSuppression = (row: FindingRow): StoredFinding['suppression'] => {
  if (row.suppression_reason !== null)
    return {
      reason: row.suppression_reason,
      expires: row.suppression_expires,
      by: row.suppressed_by,
      at: row.suppressed_at?.toISOString() ?? null,
    };
  if (row.ignore_reason === null) return null;
  return { reason: row.ignore_reason, expires: row.ignore_expires, by: null, at: null };
};

/** The finding as the API shows it. */
export const presentFinding = (row: FindingRow): StoredFinding => ({
  functionId: row.function_id,
  function: { cloud: row.cloud, account: row.account, region: row.region, name: row.name },
  tool: row.tool,
  state: row.state,
  firstSeen: row.first_seen.toISOString(),
  since: row.since.toISOString(),
  suppression: presentSuppression(row),
  finding: JSON.parse(row.finding),
});
