import { explainPolicy } from '@ringfence/policy';
import { readPolicy } from '../../policy/policy-store.ts';
import { defineOperation } from '../common/operation.ts';
import { explainPolicyRoute } from './explain-policy.schema.ts';

export const explainPolicyOperation = defineOperation(
  explainPolicyRoute,
  ({ database }) =>
    async (context) => {
      const { function: identity } = context.req.valid('json');
      const { policy } = await readPolicy(database);
      return context.json(explainPolicy(policy, identity), 200);
    },
);
