import { SEVERITIES, type Severity } from '@ringfence/findings';
import { sql } from 'kysely';

/** Aggregates over rows of findings: how many are of each severity. */
export const countSeverities = () =>
  SEVERITIES.map((severity) => sql<string>`count(*) filter (where severity = ${severity})`.as(severity));

export const presentSeverities = (row: Record<Severity, string | null>): Record<Severity, number> =>
  Object.fromEntries(SEVERITIES.map((severity) => [severity, Number(row[severity] ?? 0)])) as Record<
    Severity,
    number
  >;
