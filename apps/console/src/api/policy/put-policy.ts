import { writePolicy } from '../../policy/policy-store.ts';
import { ApiError } from '../common/api-error.ts';
import { revisionEtag } from '../common/etag.ts';
import { defineOperation } from '../common/operation.ts';
import { putPolicyRoute } from './put-policy.schema.ts';

function readExpectedRevision(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, revision] = /^\s*"(\d{1,15})"\s*$/.exec(ifMatch) ?? [];
  if (revision === undefined) throw new ApiError(400, 'If-Match must be a revision in quotes, such as "7".');
  return Number(revision);
}

export const putPolicyOperation = defineOperation(putPolicyRoute, ({ database }) => async (context) => {
  const expected = readExpectedRevision(context.req.valid('header')['if-match']);
  const { policy, note = '' } = context.req.valid('json');
  const changedBy = context.var.principal.name;
  const document = await writePolicy(database, policy, { expected, changedBy, note });
  if (!document)
    throw new ApiError(412, `The policy is no longer at revision ${expected}: somebody else changed it.`);
  context.header('ETag', revisionEtag(document.revision));
  return context.json(document, 200);
});
