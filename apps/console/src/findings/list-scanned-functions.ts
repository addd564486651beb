import { sql } from 'kysely';
import type { FindingFilter } from '../api/findings/finding-filter.schema.ts';
import { matchesPattern } from '../common/patterns.ts';
import type { Database } from '../store/tables.ts';
import { countSeverities, presentSeverities } from './count-severities.ts';
import { cutPage, type Page, selectFindings } from './select-findings.ts';

/** Functions without a finding are named where they are good news: when nothing but open findings is asked for. */
const namesClean = ({ state, severity, kind, reachable, rule, q }: FindingFilter): boolean =>
  !severity && !kind && !reachable && rule === undefined && !q && (!state || state.includes('open'));

/** A page of the functions that a report is stored about, the worst first, with how many of the findings that pass the filter are theirs. */
export async function listScannedFunctions(database: Database, filter: FindingFilter, page: Page) {
  let query = database
    .selectFrom('reports')
    .leftJoin(
      selectFindings(database, filter).select(['function_id', 'tool', 'id', 'severity', 'rank']).as('found'),
      (join) =>
        join.onRef('found.function_id', '=', 'reports.function_id').onRef('found.tool', '=', 'reports.tool'),
    )
    .select(['reports.function_id', 'cloud', 'account', 'region', 'name'])
    .select([
      sql<Date>`max(time)`.as('time'),
      sql<Date | null>`max(advisories)`.as('advisories'),
      sql<Date | null>`max(matched_with)`.as('matched_with'),
      ...countSeverities(),
    ])
    .groupBy(['reports.function_id', 'cloud', 'account', 'region', 'name'])
    .orderBy(sql`min(rank) nulls last`)
    .orderBy('name')
    .orderBy('reports.function_id')
    .offset(page.offset)
    .limit(page.limit + 1);
  if (filter.functionId !== undefined) query = query.where('reports.function_id', '=', filter.functionId);
  if (filter.function !== undefined) query = query.where(matchesPattern('name', filter.function));
  if (!namesClean(filter)) query = query.having(sql<boolean>`count(found.id) > 0`);
  const { rows, next } = cutPage(await query.execute(), page);
  const items = rows.map((row) => ({
    functionId: row.function_id,
    function: { cloud: row.cloud, account: row.account, region: row.region, name: row.name },
    time: row.time.toISOString(),
    advisories: row.advisories?.toISOString() ?? null,
    rematched: row.matched_with !== null,
    severities: presentSeverities(row),
  }));
  return { items, next };
}
