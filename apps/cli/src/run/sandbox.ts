import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { type MemoryMeter, makeCgroup } from './memory-meter.ts';
import { listByVariable, listDescendants, measurePeaks, measureProcesses } from './process-tree.ts';
import { sandboxScript } from './sandbox-script.ts';

/** User and group of a function, as in Lambda. */
export const functionUser = 993;

export type Isolation = 'namespaces' | 'folder';

/** How a process ended: an exit status, or the signal that killed it. */
export interface ProcessEnd {
  status?: number;
  signal?: string;
}

/** Where a function sees its things. */
export interface SandboxPlaces {
  isolation: Isolation;
  taskRoot: string;
  runtimeFolder: string;
  interpreter: string | undefined;
  interpreterFolder?: string;
}

export interface SandboxRequest {
  places: SandboxPlaces;
  /** The unpacked package, and the runtime client's folder, on this machine. */
  packageFolder: string;
  clientFolder: string | undefined;
  interpreter: string | undefined;
  commandLine: string[];
  environment: Record<string, string>;
  memoryMb: number;
}

const isRoot = () => process.getuid?.() === 0;
let canUnshare: boolean | undefined;

/** Whether this process may make mount and process namespaces; tried, not guessed. */
export function findIsolation(): Isolation {
  canUnshare ??=
    isRoot() &&
    spawnSync('unshare', ['--mount', '--pid', '--fork', 'mount', '-t', 'tmpfs', 'probe', '/mnt']).status ===
      0;
  return canUnshare ? 'namespaces' : 'folder';
}

/** Where the function will see its package and its runtime. An interpreter outside the system's folders appears at `/var/lang`. */
export function planPlaces(
  isolation: Isolation,
  packageFolder: string,
  clientFolder: string | undefined,
  interpreter: string | undefined,
): SandboxPlaces {
  if (isolation === 'folder')
    return {
      isolation,
      taskRoot: packageFolder,
      runtimeFolder: clientFolder ?? packageFolder,
      interpreter,
      ...(interpreter ? { interpreterFolder: dirname(interpreter) } : {}),
    };
  const places = { isolation, taskRoot: '/var/task', runtimeFolder: '/var/runtime' };
  const prefix = findPrefix(interpreter);
  if (!interpreter || !prefix) return { ...places, interpreter };
  const seen = join('/var/lang', relative(prefix, interpreter));
  return { ...places, interpreter: seen, interpreterFolder: dirname(seen) };
}

/** The folder above `bin` of an interpreter that isn't in the system's folders. */
function findPrefix(interpreter: string | undefined): string | undefined {
  if (!interpreter || /^\/(usr|bin|lib|etc)\//.test(interpreter)) return undefined;
  return dirname(dirname(interpreter));
}

/** One running runtime with all it started. */
export class Sandbox {
  /** Resolves when the runtime's process is about to start, with `performance.now()`. */
  readonly started: Promise<number>;
  /** Resolves when the sandbox is gone, its output read to the end. */
  readonly ended: Promise<ProcessEnd>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly memoryKind: MemoryMeter['kind'];
  maxMemoryBytes = 0;
  /** True when the sandbox was killed because it used more than its memory. */
  outOfMemory = false;
  readonly #child: ChildProcess;
  readonly #meter: MemoryMeter;
  readonly #request: SandboxRequest;
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;

  constructor(child: ChildProcess, meter: MemoryMeter, request: SandboxRequest, folder: string) {
    this.#child = child;
    this.#meter = meter;
    this.#request = request;
    this.#folder = folder;
    this.memoryKind = meter.kind;
    this.stdout = child.stdout as Readable;
    this.stderr = child.stderr as Readable;
    const startSignal = child.stdio[3] as Readable | undefined;
    this.started = startSignal
      ? new Promise((resolve) => {
          startSignal.once('data', () => resolve(performance.now()));
        })
      : Promise.resolve(performance.now());
    this.#timer = setInterval(() => this.#checkMemory(), 50);
    this.ended = this.#waitForEnd();
  }

  /** The sandbox's processes by their id on this machine; those of the runtime and what it started. */
  listPids(): number[] {
    const { pid } = this.#child;
    if (pid === undefined) return [];
    const all = listDescendants(pid);
    // unshare and the script that is process 1 are ours.
    return this.#request.places.isolation === 'namespaces' ? all.slice(2) : all;
  }

  /** The most memory that was used so far, in bytes, after a look at the peaks that the kernel keeps. */
  readPeak(): number {
    return Math.max(this.maxMemoryBytes, measurePeaks(this.listPids()));
  }

  /** Measures now; kills the sandbox when it is over its limit. */
  #checkMemory(): void {
    try {
      this.maxMemoryBytes = Math.max(this.maxMemoryBytes, this.#meter.measure());
    } catch {
      return;
    }
    if (this.maxMemoryBytes <= this.#request.memoryMb * 1024 * 1024) return;
    this.outOfMemory = true;
    this.kill();
  }

  /** Asks the runtime to end, and kills what is left after `graceMs`. Resolves when all is gone. */
  async stop(graceMs: number): Promise<void> {
    const [main] = this.listPids();
    if (main !== undefined) sendSignal(main, 'SIGTERM');
    const timer = setTimeout(() => this.kill(), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** Kills every process of the sandbox at once. */
  kill(): void {
    const pids = this.listPids();
    this.#child.kill('SIGKILL');
    if (this.#request.places.isolation === 'namespaces') return;
    const name = 'AWS_LAMBDA_LOG_STREAM_NAME';
    const marked = listByVariable(name, this.#request.environment[name] as string);
    for (const pid of new Set([...pids, ...marked])) sendSignal(pid, 'SIGKILL');
  }

  async #waitForEnd(): Promise<ProcessEnd> {
    const end = await new Promise<ProcessEnd>((resolve) => {
      this.#child.once('error', () => resolve({ status: 127 }));
      this.#child.once('exit', (status, signal) => resolve(signal ? { signal } : readStatus(status ?? 0)));
    });
    clearInterval(this.#timer);
    // What has left its parent may still hold the output open.
    if (this.#request.places.isolation === 'folder') this.kill();
    await Promise.all([this.stdout, this.stderr].map(waitForClose));
    try {
      this.outOfMemory ||= this.#meter.wasKilled();
    } finally {
      this.#meter.close();
      rmSync(this.#folder, { recursive: true, force: true });
    }
    return end;
  }
}

/** A shell and util-linux tell a signal as 128 and its number. */
function readStatus(status: number): ProcessEnd {
  const signal = { 134: 'SIGABRT', 137: 'SIGKILL', 139: 'SIGSEGV', 143: 'SIGTERM' }[status];
  return signal ? { signal } : { status };
}

function waitForClose(stream: Readable): Promise<void> {
  if (stream.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => stream.destroy(), 2000);
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}

/** Starts a runtime in a sandbox of its own. Everything in it dies with this process, also when that is killed. */
export async function startSandbox(request: SandboxRequest): Promise<Sandbox> {
  const { places, memoryMb } = request;
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-sandbox-'));
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const limit = memoryMb * 1024 * 1024;
  const inNamespaces = places.isolation === 'namespaces';
  const cgroup = inNamespaces ? makeCgroup(name, limit) : undefined;
  const root = join(folder, 'root');
  await mkdir(root);
  const prefix = inNamespaces ? enterNamespaces(request, root, cgroup?.cgroup) : dropPrivileges();
  const variables = Object.entries(request.environment).map(([key, value]) => `${key}=${value}`);
  // The function's variables (LD_PRELOAD …) come after its privileges have gone, never near a process of root.
  const commandLine = [...prefix, '/usr/bin/env', '-i', '--', ...variables, ...request.commandLine];
  const child = spawn('/usr/bin/setpriv', ['--pdeathsig', 'KILL', ...commandLine], {
    cwd: request.packageFolder,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe', ...(inNamespaces ? (['pipe'] as const) : [])],
    detached: true,
  });
  const meter = cgroup ?? watchProcesses(() => (child.pid === undefined ? [] : listDescendants(child.pid)));
  return new Sandbox(child, meter, request, folder);
}

function enterNamespaces(request: SandboxRequest, root: string, cgroup: string | undefined): string[] {
  const { packageFolder, clientFolder, interpreter } = request;
  const folders = [root, packageFolder, clientFolder ?? '-', findPrefix(interpreter) ?? '-', cgroup ?? '-'];
  return [
    ...['--', 'unshare', '--mount', '--pid', '--fork', '--kill-child=KILL'],
    ...['/bin/sh', '-c', sandboxScript, 'sandbox', ...folders, String(functionUser)],
  ];
}

function dropPrivileges(): string[] {
  if (!isRoot()) return ['--'];
  const user = String(functionUser);
  return [
    ...['--reuid', user, '--regid', user, '--clear-groups'],
    ...['--bounding-set=-all', '--inh-caps=-all', '--'],
  ];
}

function watchProcesses(list: () => number[]): MemoryMeter {
  return {
    kind: 'process tree',
    measure: () => measureProcesses(list()),
    wasKilled: () => false,
    close: () => {},
  };
}
