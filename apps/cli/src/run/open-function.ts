import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { packagePaths } from '../embed/package-paths.ts';
import { checkSandbox } from './check-sandbox.ts';
import { extractLayers, extractPackage } from './extract-package.ts';
import { makeFunctionEnvironment } from './function-environment.ts';
import { FunctionLog } from './function-log.ts';
import { type Instance, startInstance } from './instance.ts';
import { type FunctionPlan, planFunction } from './plan-function.ts';
import type { RunInvocation, RunOptions, SandboxDescription } from './run-options.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { payloadLimits } from './runtime-api-types.ts';
import { findRuntimeClient, type RuntimeClient } from './runtime-clients.ts';
import { findIsolation, isRoot, planPlaces, type SandboxPlaces } from './sandbox-places.ts';

/** User and group of a function, as in Lambda. */
const functionUser = 993;

/** A function that can be invoked; its sandbox starts with the first invocation, and anew after a failure of the sandbox. */
export class OpenFunction {
  readonly log: FunctionLog;
  readonly plan: FunctionPlan;
  readonly #folder: string;
  readonly #client: RuntimeClient;
  readonly #places: SandboxPlaces;
  readonly #options: RunOptions;
  #instance: Instance | undefined;
  #memoryKind: SandboxDescription['memory'] = 'process tree';

  constructor(folder: string, plan: FunctionPlan, client: RuntimeClient, options: RunOptions) {
    this.#folder = folder;
    this.plan = plan;
    this.#client = client;
    this.#options = options;
    this.log = new FunctionLog(options);
    this.#places = planPlaces(
      options.isolation ?? findIsolation(),
      this.packageFolder,
      client.folder,
      client.interpreter,
    );
  }

  /** Where the package lies unpacked on this machine. */
  get packageFolder(): string {
    return join(this.#folder, 'task');
  }

  /** Processes of the running sandbox by their id on this machine, the first started first. */
  get pids(): number[] {
    return this.#instance?.sandbox.listPids() ?? [];
  }

  get description(): SandboxDescription {
    const { isolation, taskRoot, interpreter } = this.#places;
    return {
      isolation,
      like: this.#options.like ?? 'container',
      taskRoot,
      ...(interpreter ? { interpreter } : {}),
      user: this.#user,
      memory: this.#memoryKind,
      protected: this.plan.protected,
    };
  }

  get #user(): number {
    return isRoot() ? (this.#options.user ?? functionUser) : (process.getuid?.() ?? 0);
  }

  /** Invokes the function with an event (JSON). Failures of the function are results; rejects only when the event is too large. */
  async invoke(event: Buffer): Promise<RunInvocation> {
    if (event.length > payloadLimits.event)
      throw new CliError(
        'usage',
        `The event has ${event.length} bytes, and Lambda takes ${payloadLimits.event}.`,
      );
    let initDurationMs: number | undefined;
    if (!this.#instance?.alive) {
      await this.#instance?.stop();
      this.#instance = await this.#start();
      initDurationMs = await this.#instance.initialise();
    }
    const instance = this.#instance;
    const { clientContext, cognitoIdentity } = this.#options;
    const result = await instance.invoke(event, {
      ...(clientContext ? { clientContext } : {}),
      ...(cognitoIdentity ? { cognitoIdentity } : {}),
    });
    return {
      ...result,
      ...(initDurationMs === undefined ? {} : { initDurationMs }),
      maxMemoryBytes: instance.sandbox.readPeak(),
    };
  }

  /** Ends the sandbox once the running invocation is over for the platform too, and removes what was made. */
  async close(): Promise<void> {
    await this.#instance?.stop();
    this.#instance = undefined;
    if (!this.#options.keep) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Kills the sandbox at once. `close` still has to be called. */
  kill(): void {
    this.#instance?.sandbox.kill();
  }

  async #start(): Promise<Instance> {
    const { plan } = this;
    const { taskRoot, runtimeFolder, interpreter, interpreterFolder } = this.#places;
    const api = await startRuntimeApi({
      functionArn: `arn:aws:lambda:${plan.region}:${plan.account}:function:${plan.functionName}`,
      functionName: plan.functionName,
      handler: plan.handler,
      timeoutMs: plan.timeoutMs,
      snapStart: plan.snapStart,
    });
    const environment = {
      ...makeFunctionEnvironment(plan, {
        taskRoot,
        runtimeFolder,
        runtimeApi: api.address,
        ...(interpreterFolder ? { interpreterFolder } : {}),
      }),
      ...this.#client.environment,
      ...(plan.protected && plan.family !== 'provided'
        ? { AWS_LAMBDA_EXEC_WRAPPER: `/var/task/${packagePaths.init}` }
        : {}),
      ...this.#options.environment,
    };
    const instance = await startInstance(api, plan, {
      places: this.#places,
      packageFolder: this.packageFolder,
      clientFolder: this.#client.folder,
      layersFolder: this.#options.layers?.length ? join(this.#folder, 'opt') : undefined,
      interpreter: this.#client.interpreter,
      commandLine: this.#makeCommandLine(interpreter, environment),
      environment,
      memoryMb: plan.memoryMb,
      like: this.#options.like ?? 'container',
      user: this.#user,
    });
    this.#memoryKind = instance.sandbox.memoryKind;
    this.log.listenTo(instance.sandbox);
    return instance;
  }

  /** The runtime's command line, behind the wrapper when one is set, as the managed runtimes of Lambda do it. */
  #makeCommandLine(interpreter: string | undefined, environment: Record<string, string>): string[] {
    const { taskRoot, runtimeFolder } = this.#places;
    const { handler, memoryMb, entry } = this.plan;
    if (!interpreter) return [`${taskRoot}/${entry}`];
    const seen = { client: runtimeFolder, handler, memoryMb };
    const wrapper = this.#options.protect === false ? undefined : environment.AWS_LAMBDA_EXEC_WRAPPER;
    const commandLine = [interpreter, ...this.#client.makeArguments(seen)];
    return wrapper ? [wrapper.replace(/^\/var\/task(?=\/)/, taskRoot), ...commandLine] : commandLine;
  }
}

/** Unpacks a package and finds its runtime. Throws `CliError` for a bad package and for what this machine lacks. */
export async function openFunction(options: RunOptions): Promise<OpenFunction> {
  checkSandbox(options);
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-run-'));
  try {
    // Without a mount of its own, the function's user walks through the folder.
    if ((options.isolation ?? findIsolation()) === 'folder') await chmod(folder, 0o755);
    await extractPackage(options.package, join(folder, 'task'));
    await extractLayers(options.layers ?? [], join(folder, 'opt'));
    const plan = await planFunction(join(folder, 'task'), options);
    return new OpenFunction(folder, plan, findRuntimeClient(plan.family), options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
