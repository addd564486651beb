import { createHash } from 'node:crypto';
import type { Audit, AuditOf, ModelEntry } from '@ringfence/audit';
import { mergeEntries, modelEntryKey, readModelLine } from '@ringfence/learn';
import { sql } from 'kysely';
import type { NewAudit } from '../audits/insert-audits.ts';
import type { Database } from '../store/tables.ts';

/** Entries of one model. A Defender tells at most some hundred; more come from a function that was taken over. */
export const MODEL_ENTRIES = 5_000;
/** So that sums stay numbers that JavaScript counts with. */
const MOST_COUNT = 2 ** 31;

type ModelLine = { functionId: string; audit: AuditOf<'model'> };

const isModel = (audit: Audit): audit is AuditOf<'model'> => audit.type === 'model';
const atMost = (count: number) => Math.min(count, MOST_COUNT);

function toRow(functionId: string, entry: ModelEntry) {
  const { kind, value, port, arguments: patterns, count, first, last } = entry;
  return {
    function_id: functionId,
    key: createHash('sha256').update(modelEntryKey(entry)).digest('base64url'),
    entry: JSON.stringify({ kind, value, port, arguments: patterns }),
    count: atMost(count),
    first,
    last,
  };
}

/** Each row once, because a statement can't change a row twice. */
function makeRows(lines: ModelLine[]) {
  const told = new Map<string, ModelEntry[]>();
  for (const { functionId, audit } of lines)
    told.set(functionId, [...(told.get(functionId) ?? []), ...readModelLine(audit.detail)]);
  return [...told].flatMap(([functionId, entries]) =>
    mergeEntries(entries).map((entry) => toRow(functionId, entry)),
  );
}

async function rememberLines(transaction: Database, lines: ModelLine[], receivedAt: string) {
  const { rows } = await sql<{ id: string }>`
    insert into model_lines (id, received_at)
    select value, ${receivedAt}::timestamptz from json_array_elements_text(${JSON.stringify(lines.map(({ audit }) => audit.id))}::json)
    on conflict (id) do nothing
    returning id`.execute(transaction);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Adds what was learned to the models of its functions. What a line tells is new since the line before, so adding is all.
 * @returns the ids of the lines that were not added before
 */
export async function addToModels(
  transaction: Database,
  audits: NewAudit[],
  receivedAt: string,
): Promise<string[]> {
  const lines = audits.flatMap(({ functionId, received: { audit } }) =>
    isModel(audit) ? [{ functionId, audit }] : [],
  );
  if (lines.length === 0) return [];
  const isNew = await rememberLines(transaction, lines, receivedAt);
  const added = lines.filter(({ audit }) => isNew.has(audit.id));
  const models = added.map(({ functionId, audit }) => ({
    function_id: functionId,
    instance: audit.instance,
    invocations: atMost(audit.detail.invocations),
    since: audit.detail.since,
    last: Date.parse(audit.time),
  }));
  await sql`
    insert into models (function_id, invocations, since, last)
    select function_id, sum(invocations), min(since), max(last)
    from json_to_recordset(${JSON.stringify(models)}::json)
      as told (function_id text, invocations bigint, since bigint, last bigint)
    group by function_id
    on conflict (function_id) do update set
      invocations = models.invocations + excluded.invocations,
      since = least(models.since, excluded.since), last = greatest(models.last, excluded.last)`.execute(
    transaction,
  );
  await sql`
    insert into model_instances (function_id, instance)
    select distinct function_id, instance
    from json_to_recordset(${JSON.stringify(models)}::json) as told (function_id text, instance text)
    on conflict do nothing`.execute(transaction);
  await sql`
    insert into model_entries as known (function_id, key, entry, count, first, last)
    select function_id, key, entry, count, first, last
    from json_to_recordset(${JSON.stringify(makeRows(added))}::json)
      as told (function_id text, key text, entry text, count bigint, first bigint, last bigint)
    where (select count(*) from model_entries held where held.function_id = told.function_id) < ${MODEL_ENTRIES}
      or exists (select from model_entries held where held.function_id = told.function_id and held.key = told.key)
    on conflict (function_id, key) do update set
      count = known.count + excluded.count,
      first = least(known.first, excluded.first), last = greatest(known.last, excluded.last)`.execute(
    transaction,
  );
  return [...isNew];
}
