import { sql } from 'kysely';
import type { Database } from '../store/tables.ts';

const INSTANCE_MS = 15 * 60 * 1000;

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);

/** All registered functions and what was heard from their Defenders, last seen first. */
export async function listDefenders(database: Database) {
  const rows = await database
    .selectFrom('functions')
    .leftJoin(
      (from) =>
        from
          .selectFrom('instances')
          .select((select) => ['function_id', select.fn.countAll<number>().as('count')])
          .where('last_seen', '>=', new Date(Date.now() - INSTANCE_MS))
          .groupBy('function_id')
          .as('alive'),
      (join) => join.onRef('alive.function_id', '=', 'functions.id'),
    )
    .selectAll('functions')
    .select('alive.count as instances')
    .orderBy(sql`last_seen desc nulls last`)
    .orderBy('name')
    .execute();
  return rows.map((row) => {
    const { cloud, account, region, name, runtime, arch } = row;
    const coverage = row.coverage === null ? null : (JSON.parse(row.coverage) as Record<string, unknown>);
    return {
      functionId: row.id,
      function: { cloud, account, region, name, runtime, arch },
      registeredAt: row.registered_at.toISOString(),
      firstSeen: row.first_seen?.toISOString() ?? null,
      lastSeen: row.last_seen?.toISOString() ?? null,
      version: row.version,
      defenderVersion: textOf(coverage?.init),
      tier: textOf(coverage?.tier),
      coverage,
      policyRevision: numberOf(coverage?.policy),
      instances: row.instances ?? 0,
    };
  });
}
