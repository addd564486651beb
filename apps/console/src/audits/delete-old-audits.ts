import type { Database } from '../store/tables.ts';

const ROWS_AT_ONCE = 2_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes audits that were received more than so many days ago, the oldest first, in batches so that others get their turn.
 * @returns how many
 */
export async function deleteOldAudits(
  database: Database,
  retentionDays: number,
  now = Date.now(),
): Promise<number> {
  const cutoff = new Date(now - retentionDays * DAY_MS);
  for (let deleted = 0; ; ) {
    const oldest = await database
      .selectFrom('audits')
      .select(['seq', 'received_at'])
      .orderBy('seq')
      .limit(ROWS_AT_ONCE)
      .execute();
    const last = oldest.filter(({ received_at }) => received_at < cutoff).at(-1);
    if (!last) return deleted;
    const { numDeletedRows } = await database
      .deleteFrom('audits')
      .where('seq', '<=', last.seq)
      .executeTakeFirst();
    deleted += Number(numDeletedRows);
  }
}
