import { functionsOf } from '../../findings/deployed-functions.ts';
import { findFinding, readHistory } from '../../findings/find-finding.ts';
import { defineOperation } from '../common/operation.ts';
import { getFindingRoute } from './get-finding.schema.ts';
import { noFinding } from './no-finding.ts';

export const getFindingOperation = defineOperation(getFindingRoute, ({ database }) => async (context) => {
  const key = context.req.valid('param');
  const found = await findFinding(database, key);
  if (!found) throw noFinding(key);
  const { subject } = found.finding;
  const [history, deployed] = await Promise.all([
    readHistory(database, key),
    functionsOf(database, { ...key, subject }),
  ]);
  return context.json({ ...found, deployed, history }, 200);
});
