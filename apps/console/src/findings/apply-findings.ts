import type { Finding, Report } from '@ringfence/findings';
import { sql } from 'kysely';
import type { Database, FindingEvent } from '../store/tables.ts';
import { toRow } from './finding-row.ts';

/** Rows of one statement; the protocol takes 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

type Suppression = Report['suppressed'][number]['suppression'];

export type Change = {
  functionId: string;
  tool: Report['tool'];
  /** All that is wrong now, of these kinds. */
  findings: Finding[];
  kinds?: Finding['kind'][];
  /** What an ignore file suppresses of them; left out: as before. */
  ignored?: Map<string, Suppression>;
  /** Who or what says so, for the history. */
  by: string;
  note: string;
  /** Whether what was known before stops being new. */
  ages: boolean;
};

export type Counts = { found: number; fixed: number; returned: number };

const slices = <Item>(items: Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / ROWS_AT_ONCE) }, (_, index) =>
    items.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );

/** Writes down what happened to findings. */
export async function recordEvents(
  transaction: Database,
  { functionId, tool, by, note }: Pick<Change, 'functionId' | 'tool' | 'by' | 'note'>,
  events: { id: string; what: FindingEvent }[],
): Promise<void> {
  const time = new Date().toISOString();
  for (const slice of slices(events))
    await transaction
      .insertInto('finding_events')
      .values(slice.map((event) => ({ function_id: functionId, tool, ...event, time, by, note })))
      .execute();
}

/** Brings the stored findings of a function in line with what was found; what is no longer there counts as fixed since now. */
export async function applyFindings(transaction: Database, change: Change): Promise<Counts> {
  const { functionId, tool, findings, kinds, ignored, ages } = change;
  const now = new Date().toISOString();
  let selection = transaction
    .selectFrom('findings')
    .select(['id', 'fixed_at'])
    .where('function_id', '=', functionId)
    .where('tool', '=', tool);
  if (kinds) selection = selection.where('kind', 'in', kinds);
  const before = new Map((await selection.execute()).map(({ id, fixed_at }) => [id, fixed_at !== null]));
  const present = new Map(findings.map((finding) => [finding.id, finding]));
  const found = [...present.keys()].filter((id) => !before.has(id));
  const returned = [...present.keys()].filter((id) => before.get(id) === true);
  const fixed = [...before].flatMap(([id, wasFixed]) => (wasFixed || present.has(id) ? [] : [id]));

  if (ages)
    await transaction
      .updateTable('findings')
      .set({ is_new: false })
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .execute();
  for (const slice of slices([...present.values()]))
    await transaction
      .insertInto('findings')
      .values(
        slice.map((finding) => ({
          ...toRow(finding, ignored?.get(finding.id)),
          function_id: functionId,
          tool,
          is_new: true,
          first_seen: now,
          since: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['function_id', 'tool', 'id']).doUpdateSet((row) => ({
          kind: row.ref('excluded.kind'),
          rule: row.ref('excluded.rule'),
          severity: row.ref('excluded.severity'),
          rank: row.ref('excluded.rank'),
          reachable: row.ref('excluded.reachable'),
          search: row.ref('excluded.search'),
          finding: row.ref('excluded.finding'),
          is_new: sql<boolean>`findings.is_new or findings.fixed_at is not null`,
          since: sql<string>`case when findings.fixed_at is null then findings.since else excluded.since end`,
          fixed_at: null,
          ...(ignored && {
            ignore_reason: row.ref('excluded.ignore_reason'),
            ignore_expires: row.ref('excluded.ignore_expires'),
          }),
        })),
      )
      .execute();
  for (const slice of slices(fixed))
    await transaction
      .updateTable('findings')
      .set({ fixed_at: now, since: now, is_new: false })
      .where('function_id', '=', functionId)
      .where('tool', '=', tool)
      .where('id', 'in', slice)
      .execute();
  await recordEvents(transaction, change, [
    ...found.map((id) => ({ id, what: 'found' as const })),
    ...returned.map((id) => ({ id, what: 'returned' as const })),
    ...fixed.map((id) => ({ id, what: 'fixed' as const })),
  ]);
  return { found: found.length, fixed: fixed.length, returned: returned.length };
}
