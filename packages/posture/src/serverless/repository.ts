import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository that the folder is in, else the project's: services share files with their neighbours. */
export function repositoryOf(folder: string, root: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, '.git'))) return at;
  return root;
}
