import { readdirSync, readFileSync } from 'node:fs';

export type PrivateMemory = { uss: number; dirty: number };

/** A process's private memory in KB: all pages that no other process has, and those of them that it has written. */
export function readPrivateMemory(pid: number): PrivateMemory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const field = (name: string) => Number(rollup.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm'))?.[1]);
  const dirty = field('Private_Dirty');
  return { dirty, uss: field('Private_Clean') + dirty };
}

/** The private memory in KB of a process and of all that it has started. */
export function readPrivateMemoryOfAll(pid: number): number {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.reduce((sum, child) => sum + readPrivateMemoryOfAll(child), readPrivateMemory(pid).uss);
}
