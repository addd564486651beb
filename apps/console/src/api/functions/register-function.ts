import { encodeDefenderConfiguration } from '@ringfence/policy';
import { readSigningKeys } from '../../policy/signing-key-store.ts';
import { defineOperation } from '../common/operation.ts';
import { registerFunctionRoute } from './register-function.schema.ts';

export const registerFunctionOperation = defineOperation(
  registerFunctionRoute,
  ({ database, functions, policies, defenderAddress, authority }) =>
    async (context) => {
      const { id, identity, token } = await functions.register(context.req.valid('json'));
      const { signed, revision } = await policies.get(id, identity);
      const [firstKey] = await readSigningKeys(database);
      if (!firstKey) throw new Error('there is no signing key');
      const configuration = encodeDefenderConfiguration({
        console: defenderAddress,
        token,
        identity,
        authorities: [authority],
        // The first key, from which the links lead to the current one: rotation keeps the answer the same.
        pinnedKey: firstKey.key.publicKey,
        signedPolicy: signed,
      });
      return context.json(
        { functionId: id, configuration: Buffer.from(configuration).toString('base64url'), revision },
        200,
      );
    },
);
