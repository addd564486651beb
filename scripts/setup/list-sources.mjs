import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** Paths of the files below a folder of the project whose names match, without what is built. */
export function listSources(folder, pattern) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['build', 'node_modules'].includes(entry.name) ? [] : listSources(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

/** Paths of all C sources and headers of the project. */
export const listCSources = () =>
  ['defender', 'apps/cli/native'].flatMap((folder) => listSources(folder, /\.[ch]$/));
