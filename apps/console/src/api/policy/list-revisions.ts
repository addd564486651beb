import { listRevisions } from '../../policy/policy-store.ts';
import { defineOperation } from '../common/operation.ts';
import { listRevisionsRoute } from './list-revisions.schema.ts';

export const listRevisionsOperation = defineOperation(
  listRevisionsRoute,
  ({ database }) =>
    async (context) => {
      const { before, limit } = context.req.valid('query');
      const items = await listRevisions(database, { before, limit });
      const last = items.at(-1);
      const next = items.length === limit && last ? String(last.revision) : null;
      return context.json({ items, next }, 200);
    },
);
