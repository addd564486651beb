import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { MemoryMeter } from './memory-meter.ts';
import { listByVariable, listDescendants, measurePeaks } from './process-tree.ts';
import type { Likeness, SandboxPlaces } from './sandbox-places.ts';

/** How a process ended: an exit status, or the signal that killed it. */
export interface ProcessEnd {
  status?: number;
  signal?: string;
}

export interface SandboxRequest {
  places: SandboxPlaces;
  /** The unpacked package, and the runtime client's folder, on this machine. */
  packageFolder: string;
  clientFolder: string | undefined;
  /** What the layers hold together, for `/opt`. */
  layersFolder: string | undefined;
  interpreter: string | undefined;
  commandLine: string[];
  environment: Record<string, string>;
  memoryMb: number;
  like: Likeness;
  /** User and group id that the runtime gets when this process is root. */
  user: number;
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
  readonly #removeTraces: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(
    child: ChildProcess,
    output: { stdout: Readable; stderr: Readable },
    meter: MemoryMeter,
    request: SandboxRequest,
    removeTraces: () => void,
  ) {
    this.#child = child;
    this.#meter = meter;
    this.#request = request;
    this.#removeTraces = removeTraces;
    this.memoryKind = meter.kind;
    this.stdout = output.stdout;
    this.stderr = output.stderr;
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
      this.#removeTraces();
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
