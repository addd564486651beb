import { type Kysely, sql } from 'kysely';

const statements = [
  `create table users (
    id text primary key, email text not null unique, password_hash text not null, role text not null,
    created_at timestamptz not null)`,
  `create table sessions (
    hash text primary key, user_id text not null references users (id) on delete cascade,
    created_at timestamptz not null, expires_at timestamptz not null)`,
  `create table api_tokens (
    id text primary key, name text not null, role text not null, hash text not null unique,
    created_at timestamptz not null, created_by text not null, expires_at timestamptz, last_used_at timestamptz)`,
  'create table settings (name text primary key, value text not null)',
  `create table signing_keys (
    number integer generated always as identity primary key, private_key text not null, link_signature text,
    created_at timestamptz not null)`,
  `create table policy_revisions (
    revision integer primary key, policy jsonb not null, changed_at timestamptz not null, changed_by text not null,
    note text not null, changes jsonb not null)`,
  `create table functions (
    id text primary key, cloud text not null, account text not null, region text not null, name text not null,
    runtime text not null, arch text not null, generation integer not null, registered_at timestamptz not null,
    first_seen timestamptz, last_seen timestamptz, version text, coverage text, coverage_time timestamptz)`,
  `create table instances (
    function_id text not null references functions (id) on delete cascade, instance text not null,
    last_seen timestamptz not null, primary key (function_id, instance))`,
  `create table audits (
    seq bigint generated always as identity primary key, id text not null unique, time timestamptz not null,
    received_at timestamptz not null, type text not null, effect text not null, action text not null,
    function_id text not null, account text not null, region text not null, name text not null,
    search text not null, line text not null)`,
  'create index audits_by_time on audits (time desc, id desc)',
  'create index audits_by_name on audits (name, time desc, id desc)',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}
