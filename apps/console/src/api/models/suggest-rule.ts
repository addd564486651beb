import { formatSuggestion, suggestRule } from '@ringfence/learn';
import { matchRule } from '@ringfence/policy';
import { readEntries } from '../../models/model-store.ts';
import { readPolicy } from '../../policy/policy-store.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { findModel } from './find-model.ts';
import { suggestRuleRoute } from './suggest-rule.schema.ts';

export const suggestRuleOperation = defineOperation(suggestRuleRoute, ({ database }) => async (context) => {
  const { id } = context.req.valid('param');
  const { function: identity, since } = await findModel(database, id);
  if (since === null)
    throw new ApiError(
      409,
      `${identity.name} has learned nothing yet. Invoke it, so that there is something to allow.`,
    );
  const { policy } = await readPolicy(database);
  const entries = await readEntries(database, id);
  const suggestion = suggestRule(entries, identity, matchRule(policy, identity)?.rule);
  return context.json({ ...suggestion, yaml: formatSuggestion(suggestion) }, 200);
});
