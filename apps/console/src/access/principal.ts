import type { Role } from '../api/common/role.schema.ts';

/** Who sent a request: a signed-in person, or a machine with an API token. */
export type Principal = {
  kind: 'person' | 'token';
  /** The session's or token's key in the store. */
  id: string;
  /** E-mail address or token name; what the policy's history shows. */
  name: string;
  role: Role;
  expiresAt: string | null;
};
