import type { FindingFilter } from '../api/findings/finding-filter.schema.ts';
import type { Database } from '../store/tables.ts';
import { presentFinding } from './present-finding.ts';
import { cutPage, type Page, selectFindings } from './select-findings.ts';

/** A page of findings, the worst first. */
export async function findFindings(database: Database, filter: FindingFilter, page: Page) {
  const found = await selectFindings(database, filter)
    .selectAll()
    .orderBy('rank')
    .orderBy('rule')
    .orderBy('name')
    .orderBy('function_id')
    .orderBy('tool')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit + 1)
    .execute();
  const { rows, next } = cutPage(found, page);
  return { items: rows.map(presentFinding), next };
}
