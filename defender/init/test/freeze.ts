import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function childrenOf(process: number): number[] {
  try {
    const children = readFileSync(`/proc/${process}/task/${process}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // it has ended
  }
}

const withDescendants = (process: number): number[] => [
  process,
  ...childrenOf(process).flatMap(withDescendants),
];

function signalAll(processes: number[], signal: 'SIGSTOP' | 'SIGCONT') {
  for (const id of processes)
    try {
      process.kill(id, signal);
    } catch {} // it has ended
}

/** Stops everything at random points for random times, as Lambda does between invocations, until it ends or the time is
 *  over; returns how often. */
export async function freezeAtRandom(child: ChildProcess, milliseconds: number): Promise<number> {
  const until = Date.now() + milliseconds;
  let freezes = 0;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    await sleep(Math.random() * 30);
    const frozen = withDescendants(child.pid as number);
    signalAll(frozen, 'SIGSTOP');
    await sleep(Math.random() * 50);
    signalAll(frozen, 'SIGCONT');
    freezes++;
  }
  return freezes;
}
