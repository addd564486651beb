import type { Audit } from '@ringfence/audit';
import { paint } from '../common/terminal.ts';
import type { RunOutcome } from './run-function.ts';
import type { RunInvocation } from './run-options.ts';

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;

/** A payload as a person or a program wants to see it: JSON where it is JSON, else text, else base64. */
export function readPayload(payload: Buffer): unknown {
  const text = payload.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return Buffer.from(text, 'utf8').equals(payload) ? text : { base64: payload.toString('base64') };
  }
}

/** The line that Lambda writes at the end of an invocation. Billing is by the millisecond, initialisation included. */
export function renderReport(invocation: RunInvocation, memoryMb: number): string {
  const { requestId, durationMs, initDurationMs, maxMemoryBytes } = invocation;
  const init = initDurationMs === undefined ? '' : ` Init Duration: ${round(initDurationMs)} ms`;
  return (
    `REPORT RequestId: ${requestId} Duration: ${round(durationMs)} ms ` +
    `Billed Duration: ${Math.ceil(durationMs + (initDurationMs ?? 0))} ms ` +
    `Memory Size: ${memoryMb} MB Max Memory Used: ${megabytes(maxMemoryBytes)} MB${init}`
  );
}

/** One audit for people, on one line. */
export function renderAudit({ action, type, message, count }: Audit): string {
  const style = action === 'blocked' ? 'red' : action === 'allowed' ? 'yellow' : 'cyan';
  const times = count > 1 ? ` (${count} times)` : '';
  return `${paint(style, `ringfence ${action} [${type}]`, process.stderr)} ${message}${times}`;
}

/** How many audits of each kind there were, such as "2 blocked, 1 reported". */
export function summariseAudits(audits: Audit[]): string {
  const counts = new Map<string, number>();
  for (const { action, count } of audits) counts.set(action, (counts.get(action) ?? 0) + count);
  return [...counts].map(([action, count]) => `${count} ${action}`).join(', ');
}

/** What `ringfence run --json` prints (docs/run.md). Durations are milliseconds. */
export function describeOutcome({ plan, invocations, audits, logs, sandbox, packageFolder }: RunOutcome) {
  const last = invocations.at(-1);
  const failed = last?.status === 'error';
  return {
    status: last?.status ?? 'ok',
    result: last && !failed ? readPayload(last.payload) : null,
    error: last && failed ? { type: last.errorType, payload: readPayload(last.payload) } : null,
    durations: invocations.map(({ durationMs }) => round(durationMs)),
    initDuration: round(invocations.find((one) => one.initDurationMs !== undefined)?.initDurationMs ?? 0),
    maxMemoryMb: megabytes(Math.max(0, ...invocations.map(({ maxMemoryBytes }) => maxMemoryBytes))),
    invocations: invocations.map(
      ({ requestId, status, errorType, durationMs, initDurationMs, streamed, contentType }) => ({
        requestId,
        status,
        errorType: errorType ?? null,
        duration: round(durationMs),
        initDuration: initDurationMs === undefined ? null : round(initDurationMs),
        streamed,
        contentType,
      }),
    ),
    function: {
      name: plan.functionName,
      runtime: plan.runtime,
      handler: plan.handler,
      region: plan.region,
      account: plan.account,
      memoryMb: plan.memoryMb,
      timeout: plan.timeoutMs / 1000,
    },
    audits,
    logs,
    sandbox: packageFolder ? { ...sandbox, packageFolder } : sandbox,
  };
}
