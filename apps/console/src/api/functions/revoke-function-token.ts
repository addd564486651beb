import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { revokeFunctionTokenRoute } from './revoke-function-token.schema.ts';

export const revokeFunctionTokenOperation = defineOperation(
  revokeFunctionTokenRoute,
  ({ functions }) =>
    async (context) => {
      const { id } = context.req.valid('param');
      if (!(await functions.revokeToken(id))) throw new ApiError(404, `There is no function ${id}.`);
      return context.body(null, 204);
    },
);
