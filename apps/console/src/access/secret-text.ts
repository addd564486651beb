import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text, safe in addresses, headers and cookies. */
export const makeSecretText = (): string => randomBytes(32).toString('base64url');

/**
 * What is stored of a secret text. Such a text can't be guessed, so one fast hash is enough; finding it by its
 * hash tells nothing about the secret by how long it takes.
 */
export const hashSecretText = (secret: string): string => createHash('sha256').update(secret).digest('hex');
