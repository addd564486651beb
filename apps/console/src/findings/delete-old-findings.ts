import type { Database } from '../store/tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes findings that were fixed more than so many days ago, with their history. What is not fixed stays, however old. */
export async function deleteOldFindings(
  database: Database,
  retentionDays: number,
  now = Date.now(),
): Promise<void> {
  const cutoff = new Date(now - retentionDays * DAY_MS);
  await database.deleteFrom('findings').where('fixed_at', '<', cutoff).execute();
}
