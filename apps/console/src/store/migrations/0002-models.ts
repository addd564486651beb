import { type Kysely, sql } from 'kysely';

const statements = [
  `create table models (
    function_id text primary key references functions (id) on delete cascade, invocations bigint not null,
    since bigint not null, last bigint not null)`,
  `create table model_instances (
    function_id text not null references models (function_id) on delete cascade, instance text not null,
    primary key (function_id, instance))`,
  `create table model_entries (
    function_id text not null references models (function_id) on delete cascade, key text not null,
    entry text not null, count bigint not null, first bigint not null, last bigint not null,
    primary key (function_id, key))`,
  'create table model_lines (id text primary key, received_at timestamptz not null)',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
