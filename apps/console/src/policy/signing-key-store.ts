import { createHash } from 'node:crypto';
import {
  exportSigningKeyPem,
  generateSigningKey,
  importSigningKeyPem,
  type KeyLink,
  makeKeyLink,
  type SigningKey,
} from '@ringfence/policy';
import { sql } from 'kysely';
import type { Database } from '../store/tables.ts';

export type StoredSigningKey = { id: string; key: SigningKey; createdAt: string; link: KeyLink | undefined };

const KEY_LOCK = 0x52_46_03;

/** All signing keys, oldest first; the last one signs. */
export async function readSigningKeys(database: Database): Promise<StoredSigningKey[]> {
  const rows = await database.selectFrom('signing_keys').selectAll().orderBy('number').execute();
  return rows.map(({ private_key, link_signature, created_at }) => {
    const key = importSigningKeyPem(private_key);
    return {
      id: createHash('sha256').update(key.publicKey).digest('hex').slice(0, 16),
      key,
      createdAt: created_at.toISOString(),
      link:
        link_signature === null
          ? undefined
          : { publicKey: key.publicKey, signature: new Uint8Array(Buffer.from(link_signature, 'base64')) },
    };
  });
}

function addSigningKey(database: Database, when: (keys: StoredSigningKey[]) => boolean): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${KEY_LOCK})`.execute(transaction);
    const keys = await readSigningKeys(transaction);
    if (!when(keys)) return;
    const key = generateSigningKey();
    const previous = keys.at(-1);
    const link = previous && makeKeyLink(previous.key, key.publicKey);
    await transaction
      .insertInto('signing_keys')
      .values({
        private_key: exportSigningKeyPem(key),
        link_signature: link ? Buffer.from(link.signature).toString('base64') : null,
        created_at: new Date().toISOString(),
      })
      .execute();
  });
}

/** Makes the first signing key where there is none. */
export const ensureSigningKey = (database: Database): Promise<void> =>
  addSigningKey(database, (keys) => keys.length === 0);

/** Makes a new key that signs from now on; the one before signs the link to it. */
export const rotateSigningKey = (database: Database): Promise<void> => addSigningKey(database, () => true);
