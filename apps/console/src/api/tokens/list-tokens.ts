import { listApiTokens } from '../../access/api-tokens.ts';
import { defineOperation } from '../common/operation.ts';
import { listTokensRoute } from './list-tokens.schema.ts';

export const listTokensOperation = defineOperation(
  listTokensRoute,
  ({ database }) =>
    async (context) =>
      context.json({ items: await listApiTokens(database) }, 200),
);
