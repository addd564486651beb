import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';

type Holder = { pid: number; startedAt: string };

/** When a process started, in clock ticks since boot, so that a pid that was given again is not taken for the holder. */
function readProcessStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const start = readProcessStart(pid);
  return start === undefined || startedAt === '' || start === startedAt;
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8'));
    if (Number.isInteger(pid) && pid > 0) return { pid, startedAt: String(startedAt) };
  } catch {
    // A lock that was cut off, or went away meanwhile: nobody holds it.
  }
  return undefined;
}

/**
 * Takes the folder for this process by `console.lock`; the embedded store does not notice a second process itself.
 * A lock whose process is gone is taken over. Throws `UserError` when another Console has the folder.
 * @returns gives the folder back
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'console.lock');
  const own = `${path}.${randomUUID()}`;
  // Written apart and linked into place: the lock is never seen half written, and one of two wins.
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: readProcessStart(process.pid) ?? '' }), {
    mode: 0o600,
  });
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(own, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (holder && isAlive(holder))
        throw new UserError(
          `The data folder ${folder} is in use by another Console (process ${holder.pid}).`,
          'Stop that Console, or choose another folder with --data.',
        );
      rmSync(path, { force: true });
    }
    throw new UserError(
      `The data folder ${folder} is being taken by another Console.`,
      'Choose another folder with --data.',
    );
  } finally {
    unlinkSync(own);
  }
}
