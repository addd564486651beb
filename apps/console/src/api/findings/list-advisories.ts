import { listAdvisories } from '../../findings/list-advisories.ts';
import { countStates } from '../../findings/select-findings.ts';
import { defineOperation } from '../common/operation.ts';
import { listAdvisoriesRoute } from './list-advisories.schema.ts';

export const listAdvisoriesOperation = defineOperation(
  listAdvisoriesRoute,
  ({ database }) =>
    async (context) => {
      const { offset, limit, ...filter } = context.req.valid('query');
      const found = await listAdvisories(database, filter, { offset, limit });
      return context.json({ ...found, counts: await countStates(database, filter) }, 200);
    },
);
