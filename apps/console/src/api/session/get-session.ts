import { defineOperation } from '../common/operation.ts';
import { getSessionRoute } from './get-session.schema.ts';

export const getSessionOperation = defineOperation(getSessionRoute, () => (context) => {
  const { kind, name, role, expiresAt } = context.var.principal;
  return context.json({ kind, name, role, expiresAt }, 200);
});
