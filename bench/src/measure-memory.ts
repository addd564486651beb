import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Programs } from './build-programs.ts';
import type { Effort } from './effort.ts';
import { median } from './median.ts';
import { type PrivateMemory, readPrivateMemory } from './read-private-memory.ts';
import type { Row, Target } from './row.ts';
import { startRuntimeApi } from './start-runtime-api.ts';
import { unprivileged } from './unprivileged.ts';

const SAMPLE_EVERY_MS = 10;
const IDLE_SAMPLES = 100;
const EVENT_BYTES = 1024;
const WORKERS = 2;

const idleTarget: Target = { must: 128, aim: 48, better: 'lower' };

function startInit(init: string, command: string[], env: Record<string, string>) {
  const child = spawn(init, command, {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: '/',
    env,
    ...unprivileged,
  });
  if (!child.pid) throw new Error(`${init} could not be started.`);
  return { child, pid: child.pid };
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

async function sampleWhile(pid: number, isWanted: (taken: number) => boolean): Promise<PrivateMemory[]> {
  const samples: PrivateMemory[] = [];
  while (isWanted(samples.length)) {
    samples.push(readPrivateMemory(pid));
    await sleep(SAMPLE_EVERY_MS);
  }
  return samples;
}

const sampleIdle = (pid: number) => sampleWhile(pid, (taken) => taken < IDLE_SAMPLES);

/**
 * The init's private memory: idle since its start, at work, and idle again. All report to a Console. Three of them run at
 * once, so that pages of the binary that all instances share are not taken for private ones. Needs root: the init is not
 * readable for others.
 */
export async function measureMemory(programs: Programs, init: string, effort: Effort): Promise<Row[]> {
  const silent = await startRuntimeApi(programs, EVENT_BYTES, 0);
  const busy = await startRuntimeApi(programs, EVENT_BYTES, effort.workload);
  const work = [programs.worker, String(EVENT_BYTES), programs.nothing, programs.denied];
  const idle = startInit(init, [programs.runtime], silent.env);
  const worker = startInit(init, work, busy.env);
  const other = startInit(init, work, busy.env);
  const children = [idle, worker, other].map(({ child }) => child);
  try {
    const atWork = await sampleWhile(worker.pid, () => {
      if (children.some(({ exitCode }) => exitCode !== null)) throw new Error('A busy function ended.');
      return busy.countHeld() < WORKERS;
    });
    const row = (id: string, what: string, samples: PrivateMemory[], pick = median): Row => ({
      id,
      what,
      unit: 'KB',
      figure: pick(samples.map(({ uss }) => uss)),
      samples: samples.length,
      note: `Private_Dirty ${pick(samples.map(({ dirty }) => dirty))} KB`,
    });
    await sleep(effort.quietMs);
    const quiet = await sampleIdle(idle.pid);
    await sleep(effort.settleMs - effort.quietMs);
    const highest = (samples: readonly number[]) => Math.max(...samples);
    return [
      { ...row('memory-idle', 'memory, idle', quiet), target: idleTarget },
      row('memory-load', 'memory, under load (highest)', atWork, highest),
      {
        ...row('memory-after', 'memory, idle after the load', await sampleIdle(worker.pid)),
        target: idleTarget,
      },
    ];
  } finally {
    await Promise.all(children.map(end));
    await Promise.all([silent.close(), busy.close()]);
  }
}
