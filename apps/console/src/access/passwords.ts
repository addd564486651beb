import { hash, verify } from '@node-rs/argon2';
import { makeSecretText } from './secret-text.ts';

/** argon2id with 19 MiB, 2 passes, 1 lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, options);

let unknownHash: Promise<string> | undefined;

/** Checks a password; takes as long when there is no such person (`undefined`), so that e-mail addresses can't be found out. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  unknownHash ??= hashPassword(makeSecretText());
  const matches = await verify(stored ?? (await unknownHash), password);
  return matches && stored !== undefined;
}
