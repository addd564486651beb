import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isConfiguration } from './hcl/is-configuration.ts';
import { isPlan } from './plan/read-plan.ts';

/** The plans, and the states, that `terraform show -json` has written into a folder. */
export const findPlans = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && isPlan(file));

/** Levels below the project's folder, and folders looked into. */
const DEEPEST = 5;
const MOST_FOLDERS = 5_000;

/** What others keep for themselves, such as a database's files, is none of the project. */
function readable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folders below `path` that have files of Terraform. */
function* withFiles(path: string): Generator<string> {
  const open: [folder: string, depth: number][] = [[path, 0]];
  for (let seen = 0; seen < MOST_FOLDERS; seen += 1) {
    const [folder, depth] = open.shift() ?? [];
    if (folder === undefined || depth === undefined) return;
    const entries = readable(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
    if (entries.some((entry) => entry.isFile() && isConfiguration(entry.name))) yield folder;
    if (depth < DEEPEST)
      for (const entry of entries)
        if (entry.isDirectory() && !/^(\.|node_modules$|cdk\.out$)/.test(entry.name))
          open.push([join(folder, entry.name), depth + 1]);
  }
}

/** The folders that a folder's files call as modules. */
function called(folder: string): string[] {
  return readdirSync(folder)
    .filter(isConfiguration)
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(
        /^\s*(?:source\s*=|"source"\s*:)\s*"(\.\.?\/[^"\n]*)"/gm,
      ),
    ])
    .map(([, source = '']) => resolve(folder, source));
}

/**
 * The folders of a project that `terraform` would be run in. Modules are none where another folder calls them; nor are those in a folder
 * `modules`, unless there is nothing else.
 */
export function findTerraform(path: string): string[] {
  const folders = [...withFiles(path)];
  const modules = new Set(folders.flatMap(called));
  const roots = folders.filter((folder) => !modules.has(resolve(folder)));
  const own = roots.filter((folder) => !/[\\/]modules[\\/]/.test(folder.slice(path.length)));
  return own.length > 0 ? own : roots;
}
