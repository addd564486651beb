import { listScannedFunctions } from '../../findings/list-scanned-functions.ts';
import { countStates } from '../../findings/select-findings.ts';
import { defineOperation } from '../common/operation.ts';
import { listScannedFunctionsRoute } from './list-scanned-functions.schema.ts';

export const listScannedFunctionsOperation = defineOperation(
  listScannedFunctionsRoute,
  ({ database }) =>
    async (context) => {
      const { offset, limit, ...filter } = context.req.valid('query');
      const found = await listScannedFunctions(database, filter, { offset, limit });
      return context.json({ ...found, counts: await countStates(database, filter) }, 200);
    },
);
