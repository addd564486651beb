import type { Database } from '../store/tables.ts';
import { presentFinding } from './present-finding.ts';
import { findingsWithState } from './select-findings.ts';

export type FindingKey = { functionId: string; tool: 'scan' | 'posture' | 'check'; findingId: string };

/** Events that are shown, the newest. */
const MOST_EVENTS = 100;

export async function findFinding(database: Database, { functionId, tool, findingId }: FindingKey) {
  const row = await findingsWithState(database)
    .where('findings.function_id', '=', functionId)
    .where('findings.tool', '=', tool)
    .where('findings.id', '=', findingId)
    .executeTakeFirst();
  return row && presentFinding(row);
}

/** What happened to a finding, the newest first. */
export async function readHistory(database: Database, { functionId, tool, findingId }: FindingKey) {
  const rows = await database
    .selectFrom('finding_events')
    .select(['time', 'by', 'what', 'note'])
    .where('function_id', '=', functionId)
    .where('tool', '=', tool)
    .where('id', '=', findingId)
    .orderBy('seq', 'desc')
    .limit(MOST_EVENTS)
    .execute();
  return rows.map(({ time, ...event }) => ({ time: time.toISOString(), ...event }));
}
