import type { LogListeners } from './function-log.ts';
import type { InvocationResult } from './runtime-api-types.ts';
import type { Sandbox } from './sandbox.ts';
import type { Isolation, Likeness } from './sandbox-places.ts';

/** How a function is run locally. Only the package must be given. */
export interface RunOptions extends LogListeners {
  /** A zip or a folder. */
  package: string;
  /** Lambda's identifier of the runtime; recognised when absent. */
  runtime?: string;
  handler?: string;
  functionName?: string;
  region?: string;
  account?: string;
  /** 128 when absent. */
  memoryMb?: number;
  /** 3 when absent, as in Lambda. */
  timeoutSeconds?: number;
  /** Zips or folders that are unpacked to `/opt`, in this order. They need namespaces. */
  layers?: string[];
  /** The function's own variables. */
  environment?: Record<string, string>;
  /** False runs a protected package without its init. */
  protect?: boolean;
  snapStart?: boolean;
  /** JSON that goes with every event, as the mobile SDK sends it. */
  clientContext?: string;
  cognitoIdentity?: string;
  /** Only to do with less than this machine allows. */
  isolation?: Isolation;
  /** Whose sandbox is imitated; `container` when absent. `lambda` needs namespaces. */
  like?: Likeness;
  /** User and group id that the function runs as; 993 when absent, as in Lambda. Only root can choose. */
  user?: number;
  /** Keeps the unpacked package. */
  keep?: boolean;
}

/** One invocation, as `ringfence run` reports it. */
export interface RunInvocation extends InvocationResult {
  /** From the start of the runtime to its first call, in milliseconds; only when this invocation started a sandbox. */
  initDurationMs?: number;
  /** Largest anonymous memory so far in this sandbox, in bytes. */
  maxMemoryBytes: number;
}

/** How the function was kept apart from this machine. */
export interface SandboxDescription {
  isolation: Isolation;
  like: Likeness;
  taskRoot: string;
  /** Absent for a custom runtime. */
  interpreter?: string;
  /** User id that the function runs as. */
  user: number;
  memory: Sandbox['memoryKind'];
  protected: boolean;
}
