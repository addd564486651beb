import { listModels } from '../../models/model-store.ts';
import { defineOperation } from '../common/operation.ts';
import { listModelsRoute } from './list-models.schema.ts';

export const listModelsOperation = defineOperation(
  listModelsRoute,
  ({ database }) =>
    async (context) =>
      context.json({ items: await listModels(database) }, 200),
);
