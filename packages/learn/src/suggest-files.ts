import { matchPath } from '@ringfence/policy/schema';
import type { Model } from './model.ts';

/** Folders whose content belongs together: who reads some of it may read the rest. */
const AREAS = [
  '/usr',
  '/lib',
  '/lib32',
  '/lib64',
  '/bin',
  '/sbin',
  '/opt',
  '/proc',
  '/sys',
  '/var/lang',
  '/var/runtime',
];
/** Devices that a policy always allows. */
const HARMLESS = /^\/dev\/(null|zero|full|random|urandom|tty)$/;

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** The pattern that stands for a file that was read or executed. */
export function generaliseReading(
  path: string,
  { task, runtime }: Pick<Model, 'task' | 'runtime'>,
): string | undefined {
  if (HARMLESS.test(path) || path === '/') return undefined;
  if (task && isBelow(path, task)) return '${task}/**';
  if (isBelow(path, '/tmp')) return '${tmp}/**';
  const area = AREAS.find((folder) => isBelow(path, folder));
  if (area) return `${area}/**`;
  if (runtime && isBelow(path, runtime)) return '${runtime}/**';
  return path;
}

/** The pattern that stands for a file that was changed. What lies in `/tmp` mostly has another name the next time. */
export function generaliseWriting(path: string, { task }: Pick<Model, 'task'>): string | undefined {
  if (HARMLESS.test(path)) return undefined;
  if (isBelow(path, '/tmp')) return '${tmp}/**';
  return task && isBelow(path, task) ? `\${task}${path.slice(task.length)}` : path;
}

/** Patterns that no other one covers. */
export function withoutCovered(patterns: string[]): string[] {
  return patterns.filter(
    (pattern) =>
      !patterns.some((other) => other !== pattern && other.includes('*') && matchPath(other, pattern)),
  );
}
