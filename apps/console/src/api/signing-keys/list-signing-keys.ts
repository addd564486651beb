import { readSigningKeys } from '../../policy/signing-key-store.ts';
import { defineOperation } from '../common/operation.ts';
import { listSigningKeysRoute } from './list-signing-keys.schema.ts';
import { presentSigningKeys } from './present-signing-keys.ts';

export const listSigningKeysOperation = defineOperation(
  listSigningKeysRoute,
  ({ database }) =>
    async (context) =>
      context.json({ items: presentSigningKeys(await readSigningKeys(database)) }, 200),
);
