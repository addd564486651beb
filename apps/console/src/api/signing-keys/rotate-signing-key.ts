import { readSigningKeys, rotateSigningKey } from '../../policy/signing-key-store.ts';
import { defineOperation } from '../common/operation.ts';
import { presentSigningKeys } from './present-signing-keys.ts';
import { rotateSigningKeyRoute } from './rotate-signing-key.schema.ts';

export const rotateSigningKeyOperation = defineOperation(
  rotateSigningKeyRoute,
  ({ database }) =>
    async (context) => {
      await rotateSigningKey(database);
      const newest = presentSigningKeys(await readSigningKeys(database)).at(-1);
      if (!newest) throw new Error('there is no signing key');
      return context.json(newest, 201);
    },
);
