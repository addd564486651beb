import { SEVERITIES } from '@ringfence/findings';
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
  const found = selectFindings(database, filter)
    .select(['function_id', sql<number>`min(rank)`.as('worst'), ...countSeverities()])
    .groupBy('function_id');
  const scanned = database
    .selectFrom('reports')
    .select(['function_id', 'cloud', 'account', 'region', 'name'])
    .select([
      sql<Date>`max(time)`.as('time'),
      sql<Date | null>`max(advisories)`.as('advisories'),
      sql<Date | null>`max(matched_with)`.as('matched_with'),
    ])
    .groupBy(['function_id', 'cloud', 'account', 'region', 'name']);
  let query = database
    .selectFrom(scanned.as('scanned'))
    .leftJoin(found.as('found'), 'found.function_id', 'scanned.function_id')
    .selectAll('scanned')
    .select([...SEVERITIES])
    .orderBy(sql`worst nulls last`)
    .orderBy('name')
    .orderBy('scanned.function_id')
    .offset(page.offset)
    .limit(page.limit + 1);
  if (filter.functionId !== undefined) query = query.where('scanned.function_id', '=', filter.functionId);
  if (filter.function !== undefined) query = query.where(matchesPattern('name', filter.function));
  if (!namesClean(filter)) query = query.where('worst', 'is not', null);
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
