import { sql } from 'kysely';
import type { Logger } from 'pino';
import { deleteOldAudits } from '../audits/delete-old-audits.ts';
import { deleteOldFindings } from '../findings/delete-old-findings.ts';
import { readRetentionDays } from '../settings/retention.ts';
import type { Store } from './store.ts';

const MINUTE_MS = 60_000;
const LOG_BYTES = 128 * 1024 * 1024;
const INSTANCE_MS = 15 * MINUTE_MS;

async function tidyUp({ database, embedded }: Store): Promise<void> {
  const retentionDays = await readRetentionDays(database);
  const deleted = await deleteOldAudits(database, retentionDays);
  const cutoff = new Date(Date.now() - retentionDays * 24 * 60 * MINUTE_MS);
  await database.deleteFrom('model_lines').where('received_at', '<', cutoff).execute();
  await deleteOldFindings(database, retentionDays);
  await database
    .deleteFrom('instances')
    .where('last_seen', '<', new Date(Date.now() - INSTANCE_MS))
    .execute();
  // Nothing in the embedded store vacuums or plans by itself.
  if (embedded && deleted > 0) await sql`vacuum audits`.execute(database);
  if (embedded) await sql`vacuum analyze functions, instances, sessions`.execute(database);
  if (embedded) await sql`analyze audits`.execute(database);
}

/**
 * Writes a checkpoint when the write-ahead log has grown much since the last one. The embedded store never does so itself:
 * its log would grow for ever, and the next start would replay all of it.
 */
async function limitLog({ database }: Store): Promise<void> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_current_wal_insert_lsn() - redo_lsn as bytes from pg_control_checkpoint()`.execute(database);
  if (Number(rows[0]?.bytes) > LOG_BYTES) await sql`checkpoint`.execute(database);
}

/**
 * Deletes what is too old, each hour, and keeps the write-ahead log of the embedded store short.
 * @returns stops it and resolves when what was under way has ended
 */
export function maintainStore(store: Store, log: Logger): () => Promise<void> {
  let running = Promise.resolve();
  const every = (milliseconds: number, what: string, work: () => Promise<unknown>) =>
    setInterval(() => {
      running = running
        .then(work)
        .then(() => undefined)
        .catch((error) => log.error({ err: error }, `${what} failed`));
    }, milliseconds).unref();
  const timers = [every(60 * MINUTE_MS, 'deleting what is too old', () => tidyUp(store))];
  if (store.embedded) timers.push(every(5_000, 'writing a checkpoint', () => limitLog(store)));
  return () => {
    for (const timer of timers) clearInterval(timer);
    return running;
  };
}
