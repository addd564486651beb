import { findFindings } from '../../findings/find-findings.ts';
import { countStates } from '../../findings/select-findings.ts';
import { defineOperation } from '../common/operation.ts';
import { listFindingsRoute } from './list-findings.schema.ts';

export const listFindingsOperation = defineOperation(listFindingsRoute, ({ database }) => async (context) => {
  const { offset, limit, ...filter } = context.req.valid('query');
  const found = await findFindings(database, filter, { offset, limit });
  return context.json({ ...found, counts: await countStates(database, filter) }, 200);
});
