import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { writeSetting } from '../settings/settings-store.ts';
import type { Database } from '../store/tables.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { hashSecretText, makeSecretText } from './secret-text.ts';

const SETUP_TOKEN = 'setup-token-hash';
const SETUP_LOCK = 0x52_46_01;

/** The token of the one-time link for making the admin; undefined when there is an admin already. */
export async function prepareSetup(database: Database): Promise<string | undefined> {
  if (await hasUsers(database)) return undefined;
  const token = makeSecretText();
  await writeSetting(database, SETUP_TOKEN, hashSecretText(token));
  return token;
}

export async function hasUsers(database: Database): Promise<boolean> {
  return (await database.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export type CreateAdminResult = { userId: string } | 'wrong token' | 'already set up';

/** Makes the first admin and uses up the token, or changes nothing. */
export async function createAdmin(
  database: Database,
  { token, email, password }: { token: string; email: string; password: string },
): Promise<CreateAdminResult> {
  if (await hasUsers(database)) return 'already set up';
  const passwordHash = await hashPassword(password);
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(transaction);
    if (await hasUsers(transaction)) return 'already set up';
    const { numDeletedRows } = await transaction
      .deleteFrom('settings')
      .where('name', '=', SETUP_TOKEN)
      .where('value', '=', hashSecretText(token))
      .executeTakeFirst();
    if (numDeletedRows === 0n) return 'wrong token';
    const userId = randomUUID();
    await transaction
      .insertInto('users')
      .values({
        id: userId,
        email: email.toLowerCase(),
        password_hash: passwordHash,
        role: 'admin',
        created_at: new Date().toISOString(),
      })
      .execute();
    return { userId };
  });
}

/** The person with this e-mail address and password. */
export async function findUser(database: Database, email: string, password: string) {
  const user = await database
    .selectFrom('users')
    .selectAll()
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return (await verifyPassword(user?.password_hash, password)) ? user : undefined;
}
