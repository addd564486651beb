import { findPolicy } from '../../policy/policy-store.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { getRevisionRoute } from './get-revision.schema.ts';

export const getRevisionOperation = defineOperation(getRevisionRoute, ({ database }) => async (context) => {
  const { revision } = context.req.valid('param');
  const document = await findPolicy(database, revision);
  if (!document) throw new ApiError(404, `There is no revision ${revision} of the policy.`);
  return context.json(document, 200);
});
