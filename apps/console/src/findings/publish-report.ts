import type { Report } from '@ringfence/findings';
import type { Publication } from '../api/findings/publish-report.schema.ts';
import { functionIdText } from '../functions/function-registry.ts';
import type { Database } from '../store/tables.ts';
import { applyFindings, type Counts } from './apply-findings.ts';

const toColumns = (report: Report, publishedBy: string) => ({
  time: report.time,
  published_at: new Date().toISOString(),
  published_by: publishedBy,
  target: JSON.stringify(report.target),
  packages: JSON.stringify(report.packages),
  notes: JSON.stringify(report.notes),
  graph: report.graph ? JSON.stringify(report.graph) : null,
  advisories: report.database ?? null,
  matched_with: null,
});

/**
 * Stores the report as the newest of its tool about the function, and its findings. The same report again changes nothing.
 * @returns undefined when a newer one is stored
 */
export function publishReport(
  database: Database,
  { function: { cloud, account, region, name }, report }: Publication,
  publishedBy: string,
): Promise<(Counts & { functionId: string }) | undefined> {
  const functionId = functionIdText({ cloud, account, region, name });
  const { tool } = report;
  return database.transaction().execute(async (transaction) => {
    const stored = await transaction
      .selectFrom('reports')
      .select('time')
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .forUpdate()
      .executeTakeFirst();
    if (stored && stored.time > new Date(report.time)) return undefined;
    const columns = toColumns(report, publishedBy);
    await transaction
      .insertInto('reports')
      .values({ function_id: functionId, tool, cloud, account, region, name, ...columns })
      .onConflict((conflict) => conflict.columns(['function_id', 'tool']).doUpdateSet(columns))
      .execute();
    const counts = await applyFindings(transaction, {
      functionId,
      tool,
      findings: [...report.findings, ...report.suppressed.map(({ suppression, ...finding }) => finding)],
      ignored: new Map(report.suppressed.map(({ id, suppression }) => [id, suppression])),
      by: publishedBy,
      note: `${tool} of ${report.target.name}`,
      ages: stored !== undefined && stored.time < new Date(report.time),
    });
    return { functionId, ...counts };
  });
}
