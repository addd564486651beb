import { presentAudit } from '../../audits/present-audit.ts';
import { ApiError } from '../common/api-error.ts';
import { defineOperation } from '../common/operation.ts';
import { getAuditRoute } from './get-audit.schema.ts';

export const getAuditOperation = defineOperation(getAuditRoute, ({ database }) => async (context) => {
  const { id } = context.req.valid('param');
  const row = await database
    .selectFrom('audits')
    .select(['function_id', 'received_at', 'line'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new ApiError(404, `There is no audit ${id}.`);
  return context.json({ ...presentAudit(row), line: row.line }, 200);
});
