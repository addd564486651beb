import { forgetFunction } from '../../findings/forget-function.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { forgetFunctionRoute } from './forget-function.schema.ts';

export const forgetFunctionOperation = defineOperation(
  forgetFunctionRoute,
  ({ database }) =>
    async (context) => {
      const { functionId } = context.req.valid('param');
      if (!(await forgetFunction(database, functionId)))
        throw new ApiError(404, `No report is stored about function ${functionId}.`);
      return context.body(null, 204);
    },
);
