import type { FunctionSettings } from './function-environment.ts';
import type { InitError, RuntimeApi } from './runtime-api.ts';
import type { InvocationContext, InvocationResult } from './runtime-api-types.ts';
import type { ProcessEnd, Sandbox, SandboxRequest } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

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
  #initError: InitError | undefined;
  #end: ProcessEnd | undefined;
  #invoked = false;

  constructor(api: RuntimeApi, sandbox: Sandbox, timeoutMs: number) {
    this.#api = api;
    this.sandbox = sandbox;
    this.#timeoutMs = timeoutMs;
    sandbox.ended.then((end) => {
      this.alive = false;
      this.#end = end;
      api.failInvocations(...this.#explainEnd());
    });
  }

  /**
   * Waits until the runtime is ready or has failed, 10 s at most, and returns how long it took in milliseconds.
   * A runtime that isn't ready by then goes on within the time of the invocation.
   */
  async initialise(): Promise<number> {
    const startedAt = await Promise.race([this.sandbox.started, this.sandbox.ended.then(() => undefined)]);
    if (startedAt === undefined) return 0;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), initLimitMs);
    });
    const outcome = await Promise.race([
      this.#api.initOutcome,
      limit,
      this.sandbox.ended.then(() => undefined),
    ]);
    clearTimeout(timer);
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
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, this.#timeoutMs);
      });
      await Promise.race([this.#api.whenIdle(), limit, this.sandbox.ended]);
      clearTimeout(timer);
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
