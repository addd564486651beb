import { spawnSync } from 'node:child_process';
import { dirname, join, relative } from 'node:path';

export type Isolation = 'namespaces' | 'folder';

/** Whose sandbox is imitated: a plain container's, or Lambda's, which refuses many system calls (docs/decisions/like-lambda.md). */
export const likenesses = ['container', 'lambda'] as const;
export type Likeness = (typeof likenesses)[number];

/** Where a function sees its things. */
export interface SandboxPlaces {
  isolation: Isolation;
  taskRoot: string;
  runtimeFolder: string;
  interpreter: string | undefined;
  interpreterFolder?: string;
}

/** True when this process may do everything. */
export const isRoot = () => process.getuid?.() === 0;
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
export function findPrefix(interpreter: string | undefined): string | undefined {
  if (!interpreter || /^\/(usr|bin|lib|etc)\//.test(interpreter)) return undefined;
  return dirname(dirname(interpreter));
}
