import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { AuditFilter } from '../api/audits/audit-filter.schema.ts';
import { escapeLike, matchesPattern } from '../common/patterns.ts';
import type { Tables } from '../store/tables.ts';

/** The filter as conditions on rows of audits; no condition for what is not filtered. */
export function auditConditions(
  where: ExpressionBuilder<Tables, 'audits'>,
  filter: AuditFilter,
): Expression<SqlBool>[] {
  const conditions: Expression<SqlBool>[] = [];
  for (const column of ['type', 'effect', 'action'] as const) {
    const values = filter[column];
    if (values) conditions.push(where(column, 'in', values));
  }
  const patterns = { name: filter.function, region: filter.region, account: filter.account };
  for (const column of ['name', 'region', 'account'] as const) {
    const pattern = patterns[column];
    if (pattern === undefined) continue;
    conditions.push(matchesPattern(column, pattern));
  }
  if (filter.q) {
    const text = filter.q.toLowerCase();
    conditions.push(sql<SqlBool>`search like ${`%${escapeLike(text)}%`}`);
  }
  return conditions;
}
