import type { Database } from '../store/tables.ts';
import type { Principal } from './principal.ts';
import { hashSecretText, makeSecretText } from './secret-text.ts';

const SESSION_MS = 12 * 60 * 60 * 1000;

/** Starts a session of 12 hours; the secret goes into the cookie, its hash into the store. */
export async function startSession(
  database: Database,
  userId: string,
): Promise<{ secret: string; expiresAt: string }> {
  const secret = makeSecretText();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + SESSION_MS).toISOString();
  await database.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await database
    .insertInto('sessions')
    .values({
      hash: hashSecretText(secret),
      user_id: userId,
      created_at: now.toISOString(),
      expires_at: expiresAt,
    })
    .execute();
  return { secret, expiresAt };
}

/** The person of a session that has not expired. */
export async function findSession(database: Database, secret: string): Promise<Principal | undefined> {
  const row = await database
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.hash', 'sessions.expires_at', 'users.email', 'users.role'])
    .where('sessions.hash', '=', hashSecretText(secret))
    .where('sessions.expires_at', '>', new Date())
    .executeTakeFirst();
  if (!row) return undefined;
  const { hash, email, role, expires_at } = row;
  return { kind: 'person', id: hash, name: email, role, expiresAt: expires_at.toISOString() };
}

export async function endSession(database: Database, secret: string): Promise<void> {
  await database.deleteFrom('sessions').where('hash', '=', hashSecretText(secret)).execute();
}
