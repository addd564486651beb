import type { FunctionIdentity } from '@ringfence/policy';
import type { ColumnType, Generated, JSONColumnType, Kysely } from 'kysely';
import type { Role } from '../api/common/role.schema.ts';

/** Written as text, read back as `Date`. */
type Timestamp = ColumnType<Date, string, string>;
type OptionalTimestamp = ColumnType<Date | null, string | null | undefined, string | null>;

export interface Tables {
  users: { id: string; email: string; password_hash: string; role: Role; created_at: Timestamp };
  sessions: { hash: string; user_id: string; created_at: Timestamp; expires_at: Timestamp };
  api_tokens: {
    id: string;
    name: string;
    role: Role;
    hash: string;
    created_at: Timestamp;
    created_by: string;
    expires_at: OptionalTimestamp;
    last_used_at: OptionalTimestamp;
  };
  /** Secrets and settings, one text each. */
  settings: { name: string; value: string };
  signing_keys: {
    number: Generated<number>;
    private_key: string;
    /** base64 of the previous key's signature over this public key; null for the first. */
    link_signature: string | null;
    created_at: Timestamp;
  };
  policy_revisions: {
    revision: number;
    policy: JSONColumnType<object>;
    changed_at: Timestamp;
    changed_by: string;
    note: string;
    changes: JSONColumnType<string[]>;
  };
  functions: {
    id: string;
    cloud: string;
    account: string;
    region: string;
    name: string;
    runtime: string;
    arch: FunctionIdentity['arch'];
    generation: number;
    registered_at: Timestamp;
    first_seen: OptionalTimestamp;
    last_seen: OptionalTimestamp;
    version: string | null;
    /** Detail of the newest coverage audit, JSON; as text, because jsonb refuses some of what JSON may hold. */
    coverage: string | null;
    coverage_time: OptionalTimestamp;
  };
  instances: { function_id: string; instance: string; last_seen: Timestamp };
  audits: {
    /** In the order of commits. */
    seq: Generated<number>;
    id: string;
    time: Timestamp;
    received_at: Timestamp;
    type: string;
    effect: string;
    action: string;
    function_id: string;
    account: string;
    region: string;
    name: string;
    /** Message and detail in lower case, for searching. */
    search: string;
    /** As the Defender sent it. */
    line: string;
  };
  /** What the instances of a function learned together; times are Unix milliseconds. */
  models: { function_id: string; invocations: number; since: number; last: number };
  model_instances: { function_id: string; instance: string };
  model_entries: {
    function_id: string;
    /** Digest of what tells two entries apart, because values can be longer than an index takes. */
    key: string;
    /** Kind, value, port and arguments, JSON. */
    entry: string;
    count: number;
    first: number;
    last: number;
  };
  /** Lines that have been added to a model, so that none is added twice. */
  model_lines: { id: string; received_at: Timestamp };
}

export type Database = Kysely<Tables>;
