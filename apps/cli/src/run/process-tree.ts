import { readdirSync, readFileSync } from 'node:fs';

/** Reads a file of /proc; empty when the process is gone or not ours. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/** A process and all its descendants, the process first. */
export function listDescendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const pid of listPids()) {
    const stat = readProc(pid, 'stat');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** All processes that were started with the variable, also those that have left their parent. */
export function listByVariable(name: string, value: string): number[] {
  const wanted = `\0${name}=${value}\0`;
  return listPids().filter((pid) => `\0${readProc(pid, 'environ')}`.includes(wanted));
}

/** Anonymous memory of the processes together, in bytes. */
export function measureProcesses(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1];
    return sum + Number(kilobytes ?? 0) * 1024;
  }, 0);
}

/**
 * The most anonymous memory that living processes have had together, in bytes: an upper bound, since their peaks may have come
 * at different times.
 */
export function measurePeaks(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    const status = readProc(pid, 'status');
    const read = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
    return sum + Math.max(read('VmHWM') - read('RssFile') - read('RssShmem'), 0) * 1024;
  }, 0);
}

function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
