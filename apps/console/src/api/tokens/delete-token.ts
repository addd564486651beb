import { deleteApiToken } from '../../access/api-tokens.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { deleteTokenRoute } from './delete-token.schema.ts';

export const deleteTokenOperation = defineOperation(deleteTokenRoute, ({ database }) => async (context) => {
  const { id } = context.req.valid('param');
  if (!(await deleteApiToken(database, id))) throw new ApiError(404, `There is no API token ${id}.`);
  return context.body(null, 204);
});
