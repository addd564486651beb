import { readPolicy } from '../../policy/policy-store.ts';
import { isUnchanged, revisionEtag } from '../common/etag.ts';
import { defineOperation } from '../common/operation.ts';
import { getPolicyRoute } from './get-policy.schema.ts';

export const getPolicyOperation = defineOperation(getPolicyRoute, ({ database }) => async (context) => {
  const document = await readPolicy(database);
  const etag = revisionEtag(document.revision);
  context.header('ETag', etag);
  return isUnchanged(context, etag) ? context.body(null, 304) : context.json(document, 200);
});
