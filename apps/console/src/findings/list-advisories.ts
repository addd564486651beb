import type { Finding } from '@ringfence/findings';
import { sql } from 'kysely';
import type { FindingFilter } from '../api/findings/finding-filter.schema.ts';
import type { Database } from '../store/tables.ts';
import { cutPage, type Page, selectFindings } from './select-findings.ts';

/** Names that are told with an advisory; the rest is a number. */
const NAMES = 5;

/** A page of the advisories and checks that findings are of, the worst first. */
export async function listAdvisories(database: Database, filter: FindingFilter, page: Page) {
  const found = await selectFindings(database, filter)
    .select([
      'rule',
      sql<string>`(array_agg(finding order by rank, function_id, id))[1]`.as('worst'),
      sql<string>`count(*)`.as('findings'),
      sql<string>`count(distinct function_id)`.as('functions'),
      sql<string>`array_to_json((array_agg(distinct name))[1:${sql.lit(NAMES)}])::text`.as('names'),
    ])
    .groupBy('rule')
    .orderBy(sql`min(rank)`)
    .orderBy('rule')
    .offset(page.offset)
    .limit(page.limit + 1)
    .execute();
  const { rows, next } = cutPage(found, page);
  const items = rows.map(({ rule, worst, findings, functions, names }) => {
    const { kind, severity, title, aliases, cvss, package: affected }: Finding = JSON.parse(worst);
    return {
      rule,
      kind,
      severity,
      title,
      aliases,
      score: cvss?.score ?? null,
      package: affected ? affected.name : null,
      findings: Number(findings),
      functions: Number(functions),
      names: JSON.parse(names) as string[],
    };
  });
  return { items, next };
}
