import type { Audit } from '@ringfence/audit';
import type { LogLine } from './function-log.ts';
import { openFunction } from './open-function.ts';
import type { FunctionPlan } from './plan-function.ts';
import type { RunInvocation, RunOptions, SandboxDescription } from './run-options.ts';

/** All that came of running a function. */
export interface RunOutcome {
  plan: FunctionPlan;
  invocations: RunInvocation[];
  audits: Audit[];
  logs: LogLine[];
  sandbox: SandboxDescription;
  /** Where the package lies unpacked; only with `keep`. */
  packageFolder?: string;
}

/**
 * Runs a function once for each event, in order, in sandboxes as Lambda would make them, and cleans up.
 * Failures of the function are in its invocations; rejects with `CliError` for a bad package or a missing runtime,
 * and with the signal's reason when it is aborted.
 */
export async function runFunction(
  options: RunOptions & { events: Buffer[]; signal?: AbortSignal },
): Promise<RunOutcome> {
  const { events, signal, ...rest } = options;
  signal?.throwIfAborted();
  const opened = await openFunction(rest);
  const stop = () => opened.kill();
  signal?.addEventListener('abort', stop, { once: true });
  const invocations: RunInvocation[] = [];
  try {
    for (const event of events) {
      invocations.push(await opened.invoke(event));
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await opened.close();
  }
  return {
    plan: opened.plan,
    invocations,
    audits: opened.log.audits,
    logs: opened.log.lines,
    sandbox: opened.description,
    ...(rest.keep ? { packageFolder: opened.packageFolder } : {}),
  };
}
