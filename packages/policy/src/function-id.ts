import { createHash } from 'node:crypto';
import type { FunctionIdentity } from './function-identity.ts';

/** The function's id: 32 bytes, SHA-256 over cloud, account, region and name, joined by newlines. */
export function functionId(
  identity: Pick<FunctionIdentity, 'cloud' | 'account' | 'region' | 'name'>,
): Uint8Array {
  const { cloud, account, region, name } = identity;
  return new Uint8Array(createHash('sha256').update(`${cloud}\n${account}\n${region}\n${name}`).digest());
}
