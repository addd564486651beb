import { isDeepStrictEqual } from 'node:util';
import { comparePolicies, describeChange, Policy } from '@ringfence/policy';
import { type Selectable, sql } from 'kysely';
import type { Database, Tables } from '../store/tables.ts';

export type PolicyDocument = { revision: number; policy: Policy };
export type PolicyRevision = {
  revision: number;
  changedAt: string;
  changedBy: string;
  note: string;
  changes: string[];
};

const POLICY_LOCK = 0x52_46_02;
const emptyPolicy: PolicyDocument = { revision: 0, policy: Policy.parse({ version: 1 }) };

const readDocument = ({ revision, policy }: { revision: number; policy: object }): PolicyDocument => ({
  revision,
  policy: Policy.parse(policy),
});

/** The number of the newest revision; 0 when no policy was ever stored. */
export async function readRevision(database: Database): Promise<number> {
  const row = await database
    .selectFrom('policy_revisions')
    .select('revision')
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.revision ?? 0;
}

/** The policy that is in force; before the first one is stored, the empty policy with revision 0. */
export async function readPolicy(database: Database): Promise<PolicyDocument> {
  return (await findPolicy(database, await readRevision(database))) ?? emptyPolicy;
}

/** The policy as it was at a revision. */
export async function findPolicy(database: Database, revision: number): Promise<PolicyDocument | undefined> {
  if (revision === 0) return emptyPolicy;
  const row = await database
    .selectFrom('policy_revisions')
    .select(['revision', 'policy'])
    .where('revision', '=', revision)
    .executeTakeFirst();
  return row && readDocument(row);
}

/**
 * Stores the policy as a new revision, unless it equals the stored one.
 * @param expected the revision that it replaces; undefined: whatever is stored
 * @returns undefined when the stored revision is another than expected
 */
export function writePolicy(
  database: Database,
  policy: Policy,
  { expected, changedBy, note }: { expected: number | undefined; changedBy: string; note: string },
): Promise<PolicyDocument | undefined> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${POLICY_LOCK})`.execute(transaction);
    const current = await readPolicy(transaction);
    if (expected !== undefined && expected !== current.revision) return undefined;
    if (current.revision > 0 && isDeepStrictEqual(current.policy, policy)) return current;
    const revision = current.revision + 1;
    await transaction
      .insertInto('policy_revisions')
      .values({
        revision,
        policy: JSON.stringify(policy),
        changed_at: new Date().toISOString(),
        changed_by: changedBy,
        note,
        changes: JSON.stringify(comparePolicies(current.policy, policy).map(describeChange)),
      })
      .execute();
    return { revision, policy };
  });
}

const presentRevision = (row: Omit<Selectable<Tables['policy_revisions']>, 'policy'>): PolicyRevision => ({
  revision: row.revision,
  changedAt: row.changed_at.toISOString(),
  changedBy: row.changed_by,
  note: row.note,
  changes: row.changes,
});

/** Revisions, newest first, before the given one. */
export async function listRevisions(
  database: Database,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<PolicyRevision[]> {
  let query = database
    .selectFrom('policy_revisions')
    .select(['revision', 'changed_at', 'changed_by', 'note', 'changes'])
    .orderBy('revision', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('revision', '<', before);
  return (await query.execute()).map(presentRevision);
}
