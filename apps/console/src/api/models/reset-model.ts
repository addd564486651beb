import { resetModel } from '../../models/model-store.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { resetModelRoute } from './reset-model.schema.ts';

export const resetModelOperation = defineOperation(resetModelRoute, ({ database }) => async (context) => {
  const { id } = context.req.valid('param');
  if (!(await resetModel(database, id))) throw new ApiError(404, `Function ${id} has learned nothing.`);
  return context.body(null, 204);
});
