import type { Finding, Report } from '@ringfence/findings';
import type { FunctionIdentity } from '@ringfence/policy';
import type { ColumnType, Generated, JSONColumnType, Kysely } from 'kysely';
import type { Role } from '../api/common/role.schema.ts';

/** Written as text, read back as `Date`. */
type Timestamp = ColumnType<Date, string, string>;
type OptionalTimestamp = ColumnType<Date | null, string | null | undefined, string | null>;

export const FINDING_EVENTS = ['found', 'fixed', 'returned', 'suppressed', 'unsuppressed'] as const;
export type FindingEvent = (typeof FINDING_EVENTS)[number];

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
  /** The newest report of each tool about a function, which needs no Defender to have one. */
  reports: {
    function_id: string;
    tool: Report['tool'];
    cloud: string;
    account: string;
    region: string;
    name: string;
    time: Timestamp;
    published_at: Timestamp;
    published_by: string;
    /** Target, packages and notes of the report, JSON; as text, because jsonb refuses some of what JSON may hold. */
    target: string;
    packages: string;
    notes: string;
    /** What may reach what, of reports of posture; JSON. */
    graph: string | null;
    /** The newest advisory that its packages were matched against. */
    advisories: OptionalTimestamp;
    /** When the Console's advisory database was made that they were last matched against; null after publishing. */
    matched_with: OptionalTimestamp;
  };
  findings: {
    function_id: string;
    id: string;
    tool: Report['tool'];
    kind: Finding['kind'];
    rule: string;
    severity: Finding['severity'];
    /** The worst first: by severity, then by CVSS. */
    rank: number;
    reachable: string;
    /** What a search looks at, in lower case. */
    search: string;
    /** JSON. */
    finding: string;
    is_new: boolean;
    first_seen: Timestamp;
    /** When it came, came back, or was fixed. */
    since: Timestamp;
    fixed_at: OptionalTimestamp;
    /** By the ignore file that the report was made with; expiry is the last day on which it holds, ISO 8601. */
    ignore_reason: string | null;
    ignore_expires: string | null;
    /** By somebody here. */
    suppression_reason: string | null;
    suppression_expires: string | null;
    suppressed_by: string | null;
    suppressed_at: OptionalTimestamp;
  };
  /** Who did what to a finding. */
  finding_events: {
    seq: Generated<number>;
    function_id: string;
    tool: Report['tool'];
    id: string;
    time: Timestamp;
    by: string;
    what: FindingEvent;
    note: string;
  };
}

export type Database = Kysely<Tables>;
