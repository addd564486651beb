import { type AuditPosition, findAudits } from '../../audits/find-audits.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { listAuditsRoute } from './list-audits.schema.ts';

const writePosition = ({ time, id }: AuditPosition) => `${time}_${id}`;

function readPosition(text: string): AuditPosition {
  const [, time, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{32})$/.exec(text) ?? [];
  if (time === undefined || id === undefined || Number.isNaN(Date.parse(time)))
    throw new ApiError(400, 'before: must be the "next" of the page before.');
  return { time, id };
}

export const listAuditsOperation = defineOperation(listAuditsRoute, ({ database }) => async (context) => {
  const { before, from, to, ...query } = context.req.valid('query');
  const { items, next } = await findAudits(database, {
    ...query,
    from,
    to,
    before: before === undefined ? undefined : readPosition(before),
  });
  return context.json({ items, next: next ? writePosition(next) : null }, 200);
});
