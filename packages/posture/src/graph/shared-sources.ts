import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { findJavaScriptImports } from '@ringfence/scan';
import { importAliases } from './import-aliases.ts';
import { layerPackages } from './layer-packages.ts';

/** Files that are followed, and bytes of one. */
const MOST_FILES = 500;
const LONGEST_FILE = 512 * 1024;
/** Where sources from elsewhere stand in a package. */
const SHARED = '.shared';

const endings = [
  '',
  '.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.tsx',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
];

/** Sources that a build puts into a function's package from elsewhere in the project. */
export interface SharedSources {
  /** By their paths in the package: where they are, from the project's folder. */
  files: Record<string, string>;
  /** By the path in the package of who imports: what stands there, and what it is then. */
  imports: Record<string, Record<string, string>>;
}

const isIn = (folder: string, path: string) => !relative(folder, path).startsWith('..');

const isSource = (path: string) => {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && status.size <= LONGEST_FILE;
};

/** The file that an import without ending means; TypeScript's name the file that will be built. */
export const sourceAt = (base: string): string | undefined =>
  [base, base.replace(/\.([cm]?)js$/, '.$1ts')]
    .flatMap((each) => endings.map((ending) => each + ending))
    .find(isSource);

const specifierOf = (from: string, to: string) => {
  const path = relative(dirname(from), to);
  return path.startsWith('../') ? path : `./${path}`;
};

/**
 * What the handler imports from outside of its folder: by relative paths, by names of the project's own packages and paths, and from layers.
 * @param folder the function's package as it is in the project
 * @param handlers the file where its handler is: the first of these that is there, without its ending
 * @param layers folders of the project whose content is in /opt when the function runs
 */
export function sharedSources(
  folder: string,
  handlers: readonly string[],
  root: string,
  layers: readonly string[],
): SharedSources {
  const aliases = importAliases(folder, root);
  const packages = layerPackages(layers.map((layer) => join(root, layer)));
  const found: SharedSources = { files: {}, imports: {} };
  // What lies in node_modules counts as somebody else's.
  const placeOf = (path: string) =>
    isIn(folder, path)
      ? relative(folder, path)
      : join(SHARED, relative(root, path)).replaceAll('node_modules', 'packages');
  const find = (specifier: string, from: string): string | undefined => {
    const bases = specifier.startsWith('.')
      ? [resolve(dirname(from), specifier)]
      : specifier.startsWith('/opt/')
        ? layers.map((layer) => join(root, layer, specifier.slice('/opt/'.length)))
        : [...aliases(specifier), ...packages(specifier)];
    return bases.map(sourceAt).find((path) => path !== undefined && isIn(root, path));
  };
  const entry = handlers.map((each) => sourceAt(join(folder, each))).find((path) => path !== undefined);
  const open = new Set(entry === undefined ? [] : [entry]);
  // A set is walked with what is added meanwhile.
  for (const path of open) {
    if (open.size > MOST_FILES) break;
    for (const specifier of findJavaScriptImports(readFileSync(path, 'utf8')).specifiers) {
      const target = find(specifier, path);
      if (target === undefined) continue;
      open.add(target);
      const [from, to] = [placeOf(path), placeOf(target)];
      if (!isIn(folder, target)) found.files[to] = relative(root, target);
      if (!specifier.startsWith('.') || isIn(folder, path) !== isIn(folder, target))
        found.imports[from] = { ...found.imports[from], [specifier]: specifierOf(from, to) };
    }
  }
  return found;
}
