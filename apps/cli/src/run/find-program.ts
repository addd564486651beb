import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where a function's runtime is looked for: the system's folders only, since a function may not depend on the caller's PATH. */
export const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'];

/** The real path of a program of the system, or undefined. */
export function findProgram(name: string, folders: string[] = systemPath): string | undefined {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return realpathSync(path);
    } catch {}
  }
  return undefined;
}
