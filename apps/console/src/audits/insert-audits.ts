import { sql } from 'kysely';
import { addToModels } from '../models/add-to-models.ts';
import type { Database } from '../store/tables.ts';
import { makeSearchText } from './make-search-text.ts';
import type { ReceivedAudit } from './read-audits.ts';
import { recordSightings } from './record-sightings.ts';

export type NewAudit = { functionId: string; received: ReceivedAudit };

const AUDIT_LOCK = 0x52_46_04;

/**
 * Inserts audits with distinct ids, and notes what they tell of their functions. Those of type `model` go into the models.
 * @returns the ids that were not stored before
 */
export async function insertAudits(transaction: Database, audits: NewAudit[]): Promise<string[]> {
  const receivedAt = new Date().toISOString();
  const isModel = ({ received }: NewAudit) => received.audit.type === 'model';
  const told = audits.filter((audit) => !isModel(audit));
  const rows = told.map(({ functionId, received: { audit, line } }) => ({
    id: audit.id,
    // To the millisecond, which is what positions in the list are told in.
    time: new Date(audit.time).toISOString(),
    received_at: receivedAt,
    type: audit.type,
    effect: audit.effect,
    action: audit.action,
    function_id: functionId,
    account: audit.function.account,
    region: audit.function.region,
    name: audit.function.name,
    search: makeSearchText(audit),
    line,
  }));
  // One writer at a time, so that seq is the order of commits and the stream skips none.
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(transaction);
  const { rows: stored } = await sql<{ id: string }>`
    insert into audits (id, time, received_at, type, effect, action, function_id, account, region, name, search, line)
    select id, time, received_at, type, effect, action, function_id, account, region, name, search, line
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (
      id text, time timestamptz, received_at timestamptz, type text, effect text, action text, function_id text,
      account text, region text, name text, search text, line text)
    on conflict (id) do nothing
    returning id`.execute(transaction);
  const added = await addToModels(transaction, audits.filter(isModel), receivedAt);
  await recordSightings(transaction, audits, receivedAt);
  return [...stored.map(({ id }) => id), ...added];
}
