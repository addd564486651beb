import { suppressFinding } from '../../findings/suppress-finding.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { noFinding } from './no-finding.ts';
import { suppressFindingRoute, unsuppressFindingRoute } from './suppress-finding.schema.ts';

export const suppressFindingOperation = defineOperation(
  suppressFindingRoute,
  ({ database }) =>
    async (context) => {
      const key = context.req.valid('param');
      const by = context.var.principal.name;
      if (!(await suppressFinding(database, key, context.req.valid('json'), by))) throw noFinding(key);
      return context.body(null, 204);
    },
);

export const unsuppressFindingOperation = defineOperation(
  unsuppressFindingRoute,
  ({ database }) =>
    async (context) => {
      const key = context.req.valid('param');
      if (!(await suppressFinding(database, key, undefined, context.var.principal.name)))
        throw new ApiError(404, `Nobody has suppressed finding ${key.findingId} here.`);
      return context.body(null, 204);
    },
);
