import type { AuditFilter } from '../api/audits/audit-filter.schema.ts';
import type { Database } from '../store/tables.ts';
import { auditConditions } from './audit-conditions.ts';
import { type AuditRow, presentAudit } from './present-audit.ts';

export type AuditQuery = AuditFilter & {
  from: string | undefined;
  to: string | undefined;
  before: AuditPosition | undefined;
  limit: number;
};

/** A place in the list, which is ordered by time and id. */
export type AuditPosition = { time: string; id: string };

/** Audits that one step looks at, and steps for one page: a search for something rare stays short, and others get their turn. */
const STEP_ROWS = 20_000;
const STEPS = 5;

type Row = AuditRow & { id: string; time: Date };

/** The next audits in the order of the list, so many as one step looks at. */
function selectWindow(database: Database, query: AuditQuery, before: AuditPosition | undefined) {
  const { from, to, function: name } = query;
  let window = database
    .selectFrom('audits')
    .selectAll()
    .orderBy('time', 'desc')
    .orderBy('id', 'desc')
    .limit(STEP_ROWS);
  if (from !== undefined) window = window.where('time', '>=', new Date(from));
  if (to !== undefined) window = window.where('time', '<', new Date(to));
  if (name !== undefined && !name.includes('*')) window = window.where('name', '=', name);
  if (before)
    window = window.where((where) =>
      where(where.refTuple('time', 'id'), '<', where.tuple(new Date(before.time), before.id)),
    );
  return window;
}

/**
 * A page of the audits that match, newest first. `next` is where the page after it starts, undefined at the end;
 * a page may hold less than the limit, or nothing, and still have a next one.
 */
export async function findAudits(
  database: Database,
  query: AuditQuery,
): Promise<{ items: ReturnType<typeof presentAudit>[]; next: AuditPosition | undefined }> {
  const found: Row[] = [];
  let position = query.before;
  for (let step = 0; step < STEPS; step++) {
    const window = selectWindow(database, query, position);
    const wanted = query.limit - found.length;
    const rows = await database
      .selectFrom(window.as('audits'))
      .select(['id', 'time', 'function_id', 'received_at', 'line'])
      .where((where) => where.and(auditConditions(where, query)))
      .orderBy('time', 'desc')
      .orderBy('id', 'desc')
      .limit(wanted)
      .execute();
    found.push(...rows);
    const last =
      rows.length === wanted
        ? rows.at(-1)
        : await window
            .clearSelect()
            .select(['time', 'id'])
            .offset(STEP_ROWS - 1)
            .limit(1)
            .executeTakeFirst();
    position = last && { time: last.time.toISOString(), id: last.id };
    if (!position || found.length === query.limit) break;
  }
  return { items: found.map(presentAudit), next: position };
}
