import { Migrator } from 'kysely';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as models from './migrations/0002-models.ts';
import * as findings from './migrations/0003-findings.ts';
import * as graphs from './migrations/0004-graphs.ts';
import type { Database } from './tables.ts';

const migrations = {
  '0001-first-tables': firstTables,
  '0002-models': models,
  '0003-findings': findings,
  '0004-graphs': graphs,
};

/** Brings the tables up to date; several Consoles may do so at once. */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The tables of the store could not be brought up to date.', { cause: error });
}
