import type { StoredSigningKey } from '../../policy/signing-key-store.ts';

/** The public side of the keys, oldest first. */
export const presentSigningKeys = (keys: StoredSigningKey[]) =>
  keys.map(({ id, key, createdAt }, index) => ({
    id,
    publicKey: Buffer.from(key.publicKey).toString('base64url'),
    createdAt,
    current: index === keys.length - 1,
  }));
