import type { Logger } from 'pino';
import type { AuditWriter } from './audits/audit-writer.ts';
import type { FunctionRegistry } from './functions/function-registry.ts';
import type { FunctionPolicies } from './policy/function-policies.ts';
import type { Database } from './store/tables.ts';

/** What the operations of the API work with. */
export type Services = {
  database: Database;
  log: Logger;
  writer: AuditWriter;
  /** Whether the store has too little room for more audits. */
  isNearlyFull: () => boolean;
  functions: FunctionRegistry;
  policies: FunctionPolicies;
  /** Whether people reach the Console over TLS. */
  secure: boolean;
  /** `host:port` that Defenders are told. */
  defenderAddress: string;
  /** Certificate of the Console's own authority, DER. */
  authority: Uint8Array;
  /** Aborted when the Console stops, so that streams end. */
  stopping: AbortSignal;
};
