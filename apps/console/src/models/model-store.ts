import type { ModelEntry } from '@ringfence/audit';
import {
  type FunctionIdentity,
  type LearnLimits,
  prepareMatcher,
  type RuntimeRule,
  toLearnLimits,
} from '@ringfence/policy';
import { sql } from 'kysely';
import { readPolicy } from '../policy/policy-store.ts';
import type { Database } from '../store/tables.ts';

const SECTIONS = ['process', 'network', 'files'] as const;
export type LearnedSection = (typeof SECTIONS)[number];

/** What a function has learned, in numbers. Times are Unix milliseconds by the clocks of its Defenders. */
export type ModelSummary = {
  functionId: string;
  function: FunctionIdentity;
  /** Waiting for its first line; learning; learnt: a limit is reached, or no section learns any more. */
  state: 'waiting' | 'learning' | 'learnt';
  sections: LearnedSection[];
  limits: LearnLimits | null;
  invocations: number;
  instances: number;
  entries: number;
  since: number | null;
  last: number | null;
};

type Row = FunctionIdentity & { id: string } & Pick<ModelSummary, 'since' | 'last'> &
  Record<'invocations' | 'instances' | 'entries', number>;

function isOver({ invocations, since }: Row, limits: LearnLimits): boolean {
  const hasEnough = limits.invocations > 0 && invocations >= limits.invocations;
  return hasEnough || (limits.seconds > 0 && since !== null && Date.now() - since >= limits.seconds * 1000);
}

function summarise(row: Row, rule: RuntimeRule | undefined): ModelSummary {
  const { id, cloud, account, region, name, runtime, arch, ...numbers } = row;
  const sections = SECTIONS.filter((section) => rule?.[section]?.effect === 'learn');
  const limits = sections.length > 0 ? toLearnLimits(rule?.learn ?? {}) : null;
  const state =
    limits === null || isOver(row, limits) ? 'learnt' : row.since === null ? 'waiting' : 'learning';
  return {
    functionId: id,
    function: { cloud, account, region, name, runtime, arch },
    state,
    sections,
    limits,
    ...numbers,
  };
}

/** The functions that have a model, or that should get one by the present policy. */
export async function listModels(database: Database): Promise<ModelSummary[]> {
  const { policy } = await readPolicy(database);
  const match = prepareMatcher(policy.collections, policy.runtime.rules);
  const { rows } = await sql<Row>`
    select functions.id, cloud, account, region, name, runtime, arch,
      coalesce(models.invocations, 0)::bigint as invocations, models.since, models.last,
      (select count(*) from model_instances where function_id = functions.id) as instances,
      (select count(*) from model_entries where function_id = functions.id) as entries
    from functions left join models on models.function_id = functions.id
    order by name, functions.id`.execute(database);
  return rows
    .map((row) => summarise(row, match(row)?.rule))
    .filter(({ since, sections }) => since !== null || sections.length > 0);
}

/** All that a function has learned, what was used most often first. */
export async function readEntries(database: Database, functionId: string): Promise<ModelEntry[]> {
  const rows = await database
    .selectFrom('model_entries')
    .select(['entry', 'count', 'first', 'last'])
    .where('function_id', '=', functionId)
    .orderBy('count', 'desc')
    .orderBy('key')
    .execute();
  return rows.map(({ entry, count, first, last }) => ({ ...JSON.parse(entry), count, first, last }));
}

/** Forgets what the function has learned. Whether there was something. */
export async function resetModel(database: Database, functionId: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('models')
    .where('function_id', '=', functionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
