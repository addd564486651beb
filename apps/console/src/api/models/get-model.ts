import { readEntries } from '../../models/model-store.ts';
import { defineOperation } from '../common/operation.ts';
import { findModel } from './find-model.ts';
import { getModelRoute } from './get-model.schema.ts';

export const getModelOperation = defineOperation(getModelRoute, ({ database }) => async (context) => {
  const { id } = context.req.valid('param');
  const model = await findModel(database, id);
  return context.json({ model, entries: await readEntries(database, id) }, 200);
});
