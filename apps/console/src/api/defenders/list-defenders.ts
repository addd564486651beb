import { listDefenders } from '../../defenders/list-defenders.ts';
import { readRevision } from '../../policy/policy-store.ts';
import { defineOperation } from '../common/operation.ts';
import { listDefendersRoute } from './list-defenders.schema.ts';

export const listDefendersOperation = defineOperation(
  listDefendersRoute,
  ({ database }) =>
    async (context) =>
      context.json(
        { items: await listDefenders(database), currentRevision: await readRevision(database) },
        200,
      ),
);
