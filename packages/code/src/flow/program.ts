import type { Module } from '../syntax/module.ts';

/** The source of a function, and how its files find one another. */
export interface Program {
  modules: ReadonlyMap<string, Module>;
  /** The file that an import means; undefined for a package. */
  resolve(from: string, specifier: string): string | undefined;
}

const javaScriptEndings = [
  '',
  '.js',
  '.mjs',
  '.cjs',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
  '/index.ts',
  '.json',
];

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** `a/b` and `../c` are `a/c`; undefined where that leaves the root. */
function follow(folder: string, steps: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const step of steps.split('/')) {
    if (step === '..' && parts.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}

function resolveJavaScript(
  paths: ReadonlyMap<string, unknown>,
  from: string,
  specifier: string,
): string | undefined {
  if (!/^\.{0,2}\//.test(specifier) && specifier !== '.' && specifier !== '..') return undefined;
  const base = follow(folderOf(from), specifier);
  if (base === undefined) return undefined;
  // TypeScript's imports name the file that will be built.
  const bases = [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.js$/, '.tsx')];
  return bases
    .flatMap((each) => javaScriptEndings.map((ending) => each + ending))
    .find((path) => paths.has(path));
}

function resolvePython(
  paths: ReadonlyMap<string, unknown>,
  from: string,
  specifier: string,
): string | undefined {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const steps = name.split('.').join('/');
  // One dot is the package itself. Without dots a module is found from the root, from `src`, and beside the file.
  const own = folderOf(from);
  const folders = dots === '' ? ['', 'src', 'python', own] : [follow(own, '../'.repeat(dots.length - 1))];
  return folders
    .flatMap((folder) =>
      folder === undefined ? [] : [[folder, steps].filter((part) => part !== '').join('/')],
    )
    .flatMap((base) => [`${base}.py`, `${base}/__init__.py`])
    .find((path) => paths.has(path) && path !== from);
}

/** A program of these modules. */
export function makeProgram(modules: Module[]): Program {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return {
    modules: byPath,
    resolve: (from, specifier) =>
      byPath.get(from)?.language === 'python' || from.endsWith('.py')
        ? resolvePython(byPath, from, specifier)
        : resolveJavaScript(byPath, from, specifier),
  };
}
