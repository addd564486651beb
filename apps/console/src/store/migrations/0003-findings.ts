import { type Kysely, sql } from 'kysely';

const statements = [
  `create table reports (
    function_id text not null, tool text not null, cloud text not null, account text not null, region text not null,
    name text not null, time timestamptz not null, published_at timestamptz not null, published_by text not null,
    target text not null, packages text not null, notes text not null, advisories timestamptz, matched_with timestamptz,
    primary key (function_id, tool))`,
  `create table findings (
    function_id text not null, id text not null, tool text not null, kind text not null, rule text not null,
    severity text not null, rank integer not null, reachable text not null, search text not null, finding text not null,
    is_new boolean not null, first_seen timestamptz not null, since timestamptz not null, fixed_at timestamptz,
    ignore_reason text, ignore_expires text, suppression_reason text, suppression_expires text, suppressed_by text, suppressed_at timestamptz,
    primary key (function_id, tool, id),
    foreign key (function_id, tool) references reports (function_id, tool) on delete cascade)`,
  'create index findings_by_rank on findings (rank, rule, function_id, id)',
  'create index findings_by_rule on findings (rule)',
  `create table finding_events (
    seq bigint generated always as identity primary key, function_id text not null, tool text not null, id text not null,
    time timestamptz not null, by text not null, what text not null, note text not null,
    foreign key (function_id, tool, id) references findings (function_id, tool, id) on delete cascade)`,
  'create index finding_events_by_finding on finding_events (function_id, tool, id, seq)',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
