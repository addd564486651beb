import { sql } from 'kysely';
import type { FindingFilter } from '../api/findings/finding-filter.schema.ts';
import { escapeLike, matchesPattern } from '../common/patterns.ts';
import type { Database } from '../store/tables.ts';
import { stateExpression } from './finding-state.ts';

/** All findings with their function and their state as it is now. */
export const findingsWithState = (database: Database) =>
  database
    .selectFrom('findings')
    .innerJoin('reports', (join) =>
      join
        .onRef('reports.function_id', '=', 'findings.function_id')
        .onRef('reports.tool', '=', 'findings.tool'),
    )
    .selectAll('findings')
    .select(['cloud', 'account', 'region', 'name'])
    .select(stateExpression().as('state'));

/** The findings that the filter lets pass; `state` of it counts only when asked for. */
export function selectFindings(database: Database, filter: FindingFilter, byState = true) {
  const { state, severity, kind, reachable, functionId, rule, q } = filter;
  let query = database.selectFrom(findingsWithState(database).as('shown'));
  if (byState && state) query = query.where('state', 'in', state);
  if (severity) query = query.where('severity', 'in', severity);
  if (kind) query = query.where('kind', 'in', kind);
  if (reachable) query = query.where('reachable', 'in', reachable);
  if (functionId !== undefined) query = query.where('function_id', '=', functionId);
  if (rule !== undefined) query = query.where('rule', '=', rule);
  if (filter.function !== undefined) query = query.where(matchesPattern('name', filter.function));
  if (q) query = query.where('search', 'like', `%${escapeLike(q.toLowerCase())}%`);
  return query;
}

/** How many findings there are in each state, whatever state the filter asks for. */
export async function countStates(database: Database, filter: FindingFilter) {
  const rows = await selectFindings(database, filter, false)
    .select(['state', sql<string>`count(*)`.as('count')])
    .groupBy('state')
    .execute();
  const none = { new: 0, open: 0, fixed: 0, suppressed: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) };
}

/** A page of rows, of which one more than `limit` was asked for to know whether there are more. */
export const cutPage = <Row>(rows: Row[], { offset, limit }: Page): { rows: Row[]; next: number | null } => ({
  rows: rows.slice(0, limit),
  next: rows.length > limit ? offset + limit : null,
});
export type Page = { offset: number; limit: number };
