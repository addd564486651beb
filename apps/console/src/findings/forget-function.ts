import type { Database } from '../store/tables.ts';

/** Deletes what is stored about a function, findings and their history too. Whether there was something. */
export async function forgetFunction(database: Database, functionId: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('reports')
    .where('function_id', '=', functionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
