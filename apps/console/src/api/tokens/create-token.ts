import { createApiToken } from '../../access/api-tokens.ts';
import { defineOperation } from '../common/operation.ts';
import { createTokenRoute } from './create-token.schema.ts';

export const createTokenOperation = defineOperation(createTokenRoute, ({ database }) => async (context) => {
  const { name, role, expiresInDays } = context.req.valid('json');
  const createdBy = context.var.principal.name;
  return context.json(await createApiToken(database, { name, role, expiresInDays, createdBy }), 201);
});
