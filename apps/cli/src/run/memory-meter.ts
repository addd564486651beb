import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Measures, and where it can also bounds, the memory of one sandbox. Sizes are bytes. */
export interface MemoryMeter {
  kind: 'cgroup v1' | 'cgroup v2' | 'process tree';
  /** The folder that the sandbox's first process joins; absent when processes are watched instead. */
  cgroup?: string;
  /** Anonymous memory in use now: what a function can't give back, without files and without /tmp. */
  measure(): number;
  /** True when the kernel itself has killed a process of the sandbox for want of memory. */
  wasKilled(): boolean;
  close(): void;
}

/** /tmp lies in memory here and on disk in Lambda, so that its 512 MB don't count as the function's. */
const temporarySpace = 512 * 1024 * 1024;
const kernelSlack = 64 * 1024 * 1024;

/** Makes a memory cgroup for a sandbox, or undefined where that isn't possible. */
export function makeCgroup(name: string, limitBytes: number): MemoryMeter | undefined {
  const hard = String(limitBytes + temporarySpace + kernelSlack);
  const layouts = [
    {
      kind: 'cgroup v2' as const,
      base: '/sys/fs/cgroup',
      limit: 'memory.max',
      field: 'anon',
      events: 'memory.events',
    },
    {
      kind: 'cgroup v1' as const,
      base: '/sys/fs/cgroup/memory',
      limit: 'memory.limit_in_bytes',
      field: 'total_rss',
      events: 'memory.oom_control',
    },
  ];
  for (const { kind, base, limit, field, events } of layouts) {
    if (!existsSync(join(base, 'cgroup.procs'))) continue;
    removeStaleCgroups(base);
    const folder = join(base, name);
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, limit), hard);
    } catch {
      closeCgroup(folder);
      continue;
    }
    return {
      kind,
      cgroup: folder,
      measure: () => readField(join(folder, 'memory.stat'), field),
      wasKilled: () => readField(join(folder, events), 'oom_kill') > 0,
      close: () => closeCgroup(folder),
    };
  }
  return undefined;
}

/** Removes the cgroups of runs that were killed; the process that made a cgroup is in its name. One in use can't be removed. */
function removeStaleCgroups(base: string): void {
  for (const name of readdirSync(base)) {
    const maker = /^ringfence-sandbox-(\d+)-/.exec(name)?.[1];
    if (maker && !existsSync(`/proc/${maker}`)) closeCgroup(join(base, name));
  }
}

function readField(file: string, field: string): number {
  const match = new RegExp(`^${field} (\\d+)$`, 'm').exec(readFileSync(file, 'utf8'));
  return Number(match?.[1] ?? 0);
}

function closeCgroup(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
