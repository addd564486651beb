import { sql } from 'kysely';
import type { Database } from '../store/tables.ts';
import type { NewAudit } from './insert-audits.ts';

type Sighting = { id: string; version: string; coverage: string | null; coverage_time: string | null };

/** Notes which functions and instances were heard from, their version, and their newest coverage. */
export async function recordSightings(
  transaction: Database,
  audits: NewAudit[],
  receivedAt: string,
): Promise<void> {
  const functions = new Map<string, Sighting>();
  const instances = new Map<string, { function_id: string; instance: string }>();
  for (const { functionId, received } of audits) {
    const { audit } = received;
    instances.set(`${functionId} ${audit.instance}`, { function_id: functionId, instance: audit.instance });
    const sighting = functions.get(functionId) ?? {
      id: functionId,
      version: '',
      coverage: null,
      coverage_time: null,
    };
    sighting.version = audit.function.version;
    if (audit.type === 'coverage' && (sighting.coverage_time ?? '') <= audit.time) {
      sighting.coverage = JSON.stringify(audit.detail);
      sighting.coverage_time = audit.time;
    }
    functions.set(functionId, sighting);
  }
  const sightings = [...functions.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await sql`
    update functions set
      first_seen = coalesce(functions.first_seen, ${receivedAt}::timestamptz),
      last_seen = ${receivedAt}::timestamptz,
      version = seen.version,
      coverage = case when seen.coverage_time >= coalesce(functions.coverage_time, '-infinity')
        then seen.coverage else functions.coverage end,
      coverage_time = greatest(functions.coverage_time, seen.coverage_time)
    from json_to_recordset(${JSON.stringify(sightings)}::json)
      as seen (id text, version text, coverage text, coverage_time timestamptz)
    where functions.id = seen.id`.execute(transaction);
  await sql`
    insert into instances (function_id, instance, last_seen)
    select seen.function_id, seen.instance, ${receivedAt}::timestamptz
    from json_to_recordset(${JSON.stringify([...instances.values()])}::json)
      as seen (function_id text, instance text)
    on conflict (function_id, instance) do update set last_seen = excluded.last_seen`.execute(transaction);
}
