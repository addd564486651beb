import type { Finding, Report } from '@ringfence/findings';
import { matchAgain } from '@ringfence/scan/match-again';
import type { AdvisoryDatabase } from '@ringfence/scan/open-database';
import { sql } from 'kysely';
import type { Database } from '../store/tables.ts';
import { applyFindings, type Counts } from './apply-findings.ts';

const kinds: Finding['kind'][] = ['vulnerability', 'malicious'];

/**
 * Matches one report against the advisories that has not been yet, and brings the findings of its function in line. Reports that
 * were made with newer advisories wait for the Console's own to be as new.
 * @returns undefined when none is left
 */
export function matchNextFunction(
  database: Database,
  advisories: AdvisoryDatabase,
): Promise<Counts | undefined> {
  const { made, newest } = advisories;
  return database.transaction().execute(async (transaction) => {
    // Other Consoles on the same store take the next one meanwhile.
    const report = await transaction
      .selectFrom('reports')
      .select(['function_id', 'tool', 'packages'])
      .where(sql<boolean>`matched_with is distinct from ${made.toISOString()}::timestamptz`)
      .where((where) => where.or([where('advisories', 'is', null), where('advisories', '<=', newest)]))
      .where('tool', 'in', ['scan', 'check'])
      .orderBy('function_id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!report) return undefined;
    const { function_id: functionId, tool } = report;
    const rows = await transaction
      .selectFrom('findings')
      .select('finding')
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .where('kind', 'in', kinds)
      .execute();
    const packages: Report['packages'] = JSON.parse(report.packages);
    const before = rows.map(({ finding }): Finding => JSON.parse(finding));
    const counts = await applyFindings(transaction, {
      functionId,
      tool,
      findings: matchAgain(packages, advisories, before),
      kinds,
      by: 'advisory database',
      note: `matched again with the advisories of ${newest.toISOString().slice(0, 10)}`,
      ages: false,
    });
    await transaction
      .updateTable('reports')
      .set({ advisories: newest.toISOString(), matched_with: made.toISOString() })
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .execute();
    return counts;
  });
}
