import type { AuditFilter } from '../api/audits/audit-filter.schema.ts';
import type { Database } from '../store/tables.ts';
import { auditConditions } from './audit-conditions.ts';
import { presentAudit } from './present-audit.ts';

/** How often the store is asked for new audits while somebody follows. */
const POLL_MS = 150;
/** Audits that one reader gets at once; more than that, nobody can read. */
const ROWS_AT_ONCE = 500;
/** How far back a reader that comes again is served; what lies before is in the list. */
const ROWS_BACK = 50_000;

export type StreamEvent =
  | { event: 'audit'; position: number; audit: ReturnType<typeof presentAudit> }
  | { event: 'missed'; position: number };

/** The position of the newest audit; 0 when there is none. */
async function readNewest(database: Database): Promise<number> {
  const row = await database
    .selectFrom('audits')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/**
 * New audits that match, in the order in which they were stored, also those that another Console stored.
 * The reader sets the pace: nothing is read ahead of it. When it is too slow, the newest audits come and `missed` says so.
 * @param after start after this position; undefined: with what comes from now on
 */
export async function* followAudits(
  database: Database,
  filter: AuditFilter,
  after: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  let position = after ?? (await readNewest(database));
  while (!signal.aborted) {
    const newest = await readNewest(database);
    if (newest > position) {
      if (newest - position > ROWS_BACK) {
        position = newest - ROWS_BACK;
        yield { event: 'missed', position };
      }
      const rows = await database
        .selectFrom('audits')
        .select(['seq', 'function_id', 'received_at', 'line'])
        .where('seq', '>', position)
        .where('seq', '<=', newest)
        .where((where) => where.and(auditConditions(where, filter)))
        .orderBy('seq', 'desc')
        .limit(ROWS_AT_ONCE + 1)
        .execute();
      if (rows.length > ROWS_AT_ONCE) yield { event: 'missed', position };
      for (const row of rows.slice(0, ROWS_AT_ONCE).reverse())
        yield { event: 'audit', position: row.seq, audit: presentAudit(row) };
      position = newest;
    }
    await waitFor(POLL_MS, signal);
  }
}

function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
