import { readRadar } from '../../radar/read-radar.ts';
import { defineOperation } from '../common/operation.ts';
import { getRadarRoute } from './get-radar.schema.ts';

export const getRadarOperation = defineOperation(getRadarRoute, ({ database }) => async (context) => {
  const { functionId } = context.req.valid('query');
  return context.json(await readRadar(database, functionId), 200);
});
