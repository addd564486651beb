import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../common/cli-error.ts';
import type { FunctionSettings } from './function-environment.ts';
import type { InitError, RuntimeApi } from './runtime-api.ts';
import type { InvocationContext, InvocationResult } from './runtime-api-types.ts';
import type { ProcessEnd, Sandbox, SandboxRequest } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

/** What a sandbox may take until its runtime starts. It is a few mounts: one that takes longer is stuck. */
const sandboxLimitMs = 60_000;
/** What Lambda gives a runtime to get ready. */
const initLimitMs = 10_000;
/** What Lambda gives a runtime to end. */
const shutdownMs = 500;

/** One sandbox and its Runtime API: what Lambda calls an execution environment. */
export class Instance {
  readonly sandbox: Sandbox;
  alive = true;
  readonly #api: RuntimeApi;
  readonly #timeoutMs: number;
  readonly #gone: Promise<undefined>;
  #initError: InitError | undefined;
  #end: ProcessEnd | undefined;
  #invoked = false;

  constructor(api: RuntimeApi, sandbox: Sandbox, timeoutMs: number) {
    this.#api = api;
    this.sandbox = sandbox;
    this.#timeoutMs = timeoutMs;
    this.#gone = sandbox.ended.then((end) => {
      this.alive = false;
      this.#end = end;
      api.failInvocations(...this.#explainEnd());
      return undefined;
    });
  }

  /**
   * Waits until the runtime is ready or has failed, 10 s at most, and returns how long it took in milliseconds.
   * A runtime that isn't ready by then goes on within the time of the invocation. Throws `CliError` when the sandbox is stuck.
   */
  async initialise(): Promise<number> {
    const startedAt = await within(sandboxLimitMs, [this.sandbox.started, this.#gone]);
    if (startedAt === undefined) {
      if (!this.alive) return 0;
      this.alive = false;
      this.sandbox.kill();
      throw new CliError(
        'environment',
        `The sandbox did not start within ${sandboxLimitMs / 1000} s.`,
        'Its mounts or its user could not be set up; try again when the machine has less to do.',
      );
    }
    const outcome = await within(initLimitMs, [this.#api.initOutcome, this.#gone]);
    if (outcome?.ready === false) {
      this.#initError = outcome.error;
      this.alive = false;
    }
    return (outcome?.ready ? outcome.at : performance.now()) - startedAt;
  }

  /** Invokes the function, within its time; afterwards `alive` tells whether the sandbox can be used again. Never rejects. */
  async invoke(event: Buffer, context: InvocationContext): Promise<InvocationResult> {
    const running = this.#api.invoke(event, context);
    this.#invoked = true;
    if (this.#initError)
      this.#api.failInvocations(this.#initError.errorType, 'Error: the runtime failed to start');
    else if (this.#end) this.#api.failInvocations(...this.#explainEnd());
    const timer = setTimeout(() => this.#timeOut(), this.#timeoutMs);
    const result = await running;
    clearTimeout(timer);
    return this.#initError ? { ...result, payload: this.#initError.payload } : result;
  }

  /** Ends the instance when the running invocation is over for the platform, too. */
  async stop(): Promise<void> {
    if (this.alive && this.#invoked) {
      await within(this.#timeoutMs, [this.#api.whenIdle(), this.#gone]);
    }
    this.alive = false;
    await this.sandbox.stop(shutdownMs);
    await this.#api.close();
  }

  #timeOut(): void {
    this.alive = false;
    const seconds = (this.#timeoutMs / 1000).toFixed(2);
    this.#api.failInvocations('Sandbox.Timedout', `Error: Task timed out after ${seconds} seconds`);
    this.sandbox.kill();
  }

  #explainEnd(): [errorType: string, errorMessage: string] {
    const { status, signal } = this.#end ?? {};
    if (this.sandbox.outOfMemory)
      return ['Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed'];
    const words: Record<string, string> = { SIGKILL: 'killed', SIGTERM: 'terminated', SIGABRT: 'aborted' };
    if (signal === 'SIGSEGV')
      return ['Runtime.ExitError', 'Error: Runtime exited with error: signal: segmentation fault'];
    if (signal)
      return ['Runtime.ExitError', `Error: Runtime exited with error: signal: ${words[signal] ?? signal}`];
    if (status === 0) return ['Runtime.ExitError', 'Error: Runtime exited without providing a reason'];
    return ['Runtime.ExitError', `Error: Runtime exited with error: exit status ${status}`];
  }
}

/** Starts a sandbox that talks to `api`. */
export async function startInstance(
  api: RuntimeApi,
  plan: FunctionSettings & { timeoutMs: number },
  request: SandboxRequest,
): Promise<Instance> {
  try {
    return new Instance(api, startSandbox(request), plan.timeoutMs);
  } catch (error) {
    await api.close();
    throw error;
  }
}

/** What the first of the promises gives, or undefined when none does in time. */
async function within<T>(limitMs: number, promises: Promise<T>[]): Promise<T | undefined> {
  const decided = new AbortController();
  try {
    return await Promise.race([...promises, delay(limitMs, undefined, { signal: decided.signal })]);
  } finally {
    decided.abort();
  }
}
