import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { UserError } from '../user-error.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

const INT8 = 20;

/** Whole numbers of 64 bits as numbers, as the embedded store gives them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
};

/** The address without its password, for messages. */
function describeAddress(databaseUrl: string): string {
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    return `${hostname || 'localhost'}:${port || 5432}${pathname}`;
  } catch {
    return 'the given address';
  }
}

/** Connects to a PostgreSQL server. Throws `UserError` when it can't be reached. */
export async function openServerStore(databaseUrl: string, onError: (error: Error) => void): Promise<Store> {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 10_000, types });
    pool.on('error', onError);
    (await pool.connect()).release();
  } catch (error) {
    throw new UserError(
      `The database at ${describeAddress(databaseUrl)} can't be used: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`,
      'Check --database-url (postgres://user:password@host:5432/name), and that the server runs and lets this user in.',
      { cause: error },
    );
  }
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { database, embedded: false, isNearlyFull: () => false, close: () => database.destroy() };
}
