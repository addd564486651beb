import { hasUsers } from '../../access/users.ts';
import { version } from '../../version.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { getHealthRoute } from './get-health.schema.ts';

export const getHealthOperation = defineOperation(getHealthRoute, ({ database }) => async (context) => {
  let setup: boolean;
  try {
    setup = !(await hasUsers(database));
  } catch (error) {
    throw new ApiError(503, 'The store does not answer.', { cause: error });
  }
  return context.json({ status: 'ready' as const, version: version, setup }, 200);
});
