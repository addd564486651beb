import { CliError } from './cli-error.ts';

const words: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EXDEV: 'it is on another file system',
  ENOTEMPTY: 'it is not empty',
};

/** Does `work`; an error of the operating system becomes an error for people: `<what>: <why>`. */
export async function withPath<T>(
  reason: 'usage' | 'environment',
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof CliError || code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new CliError(reason, `${what}: ${words[code] ?? (error as Error).message}.`);
  }
}

/** Says of each CLI error about the contents of a file which file it was. */
export function aboutFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(error.reason, `${path}: ${error.message}`, error.hint);
  }
}
