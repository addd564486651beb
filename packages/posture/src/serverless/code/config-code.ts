import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { repositoryOf } from '../repository.ts';
import type { Exported } from '../variables.ts';
import { Evaluator } from './evaluate.ts';
import { loadModules } from './load-modules.ts';

export const isConfigCode = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);

/** The files of code that a service names: itself, or in its variables. */
function codeOf(path: string): string[] {
  if (isConfigCode(path)) return [resolve(path)];
  const named = readFileSync(path, 'utf8').matchAll(/\bfile\(\s*([^${}()]+\.[cm]?[jt]s)\s*\)/g);
  const paths = [...named].map(([, name = '']) => resolve(dirname(path), name.trim()));
  return [...new Set(paths)];
}

/** What the code of a service's configuration exports, as far as that can be told without running it. `root`: what places start from. */
export async function readConfigCode(path: string, root: string): Promise<Exported> {
  const folder = resolve(dirname(path));
  const readable = repositoryOf(folder, resolve(root));
  const paths = codeOf(path).filter((each) => existsSync(each) && !relative(readable, each).startsWith('..'));
  const evaluator = new Evaluator(await loadModules(paths, folder, readable), {
    folder,
    root: resolve(root),
  });
  return (file) => evaluator.configOf(resolve(file));
}
