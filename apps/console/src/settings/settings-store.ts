import type { Database } from '../store/tables.ts';

export async function readSetting(database: Database, name: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

export async function writeSetting(database: Database, name: string, value: string): Promise<void> {
  await database
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Reads the setting; where there is none yet, keeps and returns a new one. Of several Consoles that start at once, one wins. */
export async function readOrMakeSetting(
  database: Database,
  name: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const stored = await readSetting(database, name);
  if (stored !== undefined) return stored;
  await database
    .insertInto('settings')
    .values({ name, value: await make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readSetting(database, name)) as string;
}
