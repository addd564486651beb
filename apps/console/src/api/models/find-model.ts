import { listModels, type ModelSummary } from '../../models/model-store.ts';
import type { Database } from '../../store/tables.ts';
import { ApiError } from '../common/api-error.ts';

/** The function's model in numbers. Throws a 404 that says what to do where there is none. */
export async function findModel(database: Database, functionId: string): Promise<ModelSummary> {
  const model = (await listModels(database)).find((each) => each.functionId === functionId);
  if (model) return model;
  throw new ApiError(
    404,
    `Function ${functionId} has no model. Give a section of its rule the effect learn, and invoke the function.`,
  );
}
