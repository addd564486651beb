import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Role } from '../api/common/role.schema.ts';
import type { Database, Tables } from '../store/tables.ts';
import type { Principal } from './principal.ts';
import { hashSecretText, makeSecretText } from './secret-text.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

const presentToken = (row: Selectable<Tables['api_tokens']>) => ({
  id: row.id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export type ApiToken = ReturnType<typeof presentToken>;

/** Makes an API token; the token itself is not kept and can't be shown again. */
export async function createApiToken(
  database: Database,
  {
    name,
    role,
    expiresInDays,
    createdBy,
  }: {
    name: string;
    role: Role;
    expiresInDays: number | undefined;
    createdBy: string;
  },
): Promise<ApiToken & { token: string }> {
  const token = `rft_${makeSecretText()}`;
  const now = Date.now();
  const row = await database
    .insertInto('api_tokens')
    .values({
      id: randomUUID(),
      name,
      role,
      hash: hashSecretText(token),
      created_at: new Date(now).toISOString(),
      created_by: createdBy,
      expires_at: expiresInDays === undefined ? null : new Date(now + expiresInDays * DAY_MS).toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...presentToken(row), token };
}

/** All API tokens, newest first. */
export async function listApiTokens(database: Database): Promise<ApiToken[]> {
  const rows = await database.selectFrom('api_tokens').selectAll().orderBy('created_at', 'desc').execute();
  return rows.map(presentToken);
}

/** Whether there was such a token. */
export async function deleteApiToken(database: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('api_tokens').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Who sends this API token, unless it is unknown or expired. */
export async function findApiToken(database: Database, token: string): Promise<Principal | undefined> {
  const now = new Date();
  const row = await database
    .selectFrom('api_tokens')
    .selectAll()
    .where('hash', '=', hashSecretText(token))
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirst();
  if (!row) return undefined;
  // To the minute: not a write for each request.
  if (now.getTime() - (row.last_used_at?.getTime() ?? 0) > MINUTE_MS)
    await database
      .updateTable('api_tokens')
      .set({ last_used_at: now.toISOString() })
      .where('id', '=', row.id)
      .execute();
  const { id, name, role, expiresAt } = presentToken(row);
  return { kind: 'token', id, name, role, expiresAt };
}
