import { findFinding, readHistory } from '../../findings/find-finding.ts';
import { defineOperation } from '../common/operation.ts';
import { getFindingRoute } from './get-finding.schema.ts';
import { noFinding } from './no-finding.ts';

export const getFindingOperation = defineOperation(getFindingRoute, ({ database }) => async (context) => {
  const key = context.req.valid('param');
  const found = await findFinding(database, key);
  if (!found) throw noFinding(key);
  return context.json({ ...found, history: await readHistory(database, key) }, 200);
});
