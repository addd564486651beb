import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { type Members, membersOf, textsOf } from './json.ts';

/** JSON as people write it: with comments, and commas at the end. Empty for what can't be read. */
export function readSettings(path: string): Members {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return {};
  try {
    const text = readFileSync(path, 'utf8').replaceAll(/^\s*\/\/.*$|(?<=\s)\/\/[^"\n]*$|\/\*[^*]*\*\//gm, '');
    return membersOf(parse(text, { logLevel: 'silent', maxAliasCount: 0 }));
  } catch {
    return {};
  }
}

/** The folder and those around it, up to the project's. */
function foldersAround(folder: string, root: string): string[] {
  const found = [folder];
  for (let at = folder; at !== root && !relative(root, at).startsWith('..') && at !== dirname(at); ) {
    at = dirname(at);
    found.push(at);
  }
  return found;
}

type Alias = (specifier: string) => string[];

/** The `paths` of TypeScript's settings. */
function pathsOf(folder: string): Alias[] {
  return ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.paths.json'].flatMap((name) => {
    const { baseUrl = '.', paths } = membersOf(readSettings(join(folder, name)).compilerOptions);
    return Object.entries(membersOf(paths)).map(([pattern, targets]): Alias => {
      const [before = '', after] = pattern.split('*');
      return (specifier) => {
        if (after === undefined ? specifier !== pattern : !specifier.startsWith(before)) return [];
        const rest = specifier.slice(before.length);
        return textsOf(targets).map((target) => join(folder, String(baseUrl), target.replace('*', rest)));
      };
    });
  });
}

/** The packages of a workspace by their names. */
function workspacesOf(folder: string): Alias[] {
  const { workspaces } = readSettings(join(folder, 'package.json'));
  const { packages = workspaces } = membersOf(workspaces);
  const patterns = [
    ...textsOf(packages),
    ...textsOf(readSettings(join(folder, 'pnpm-workspace.yaml')).packages),
  ];
  const folders = patterns.flatMap((pattern) => {
    const parent = join(folder, pattern.replace(/\/?\*+$/, ''));
    if (!pattern.includes('*') || !existsSync(parent)) return [parent];
    return readdirSync(parent).map((name) => join(parent, name));
  });
  return folders.flatMap((each): Alias[] => {
    const { name, main } = readSettings(join(each, 'package.json'));
    if (typeof name !== 'string') return [];
    return [
      (specifier) => {
        if (specifier !== name && !specifier.startsWith(`${name}/`)) return [];
        const rest = specifier.slice(name.length + 1);
        const starts = rest === '' ? ['src/index', 'index', ...textsOf(main)] : [rest, `src/${rest}`];
        return starts.map((start) => join(each, start));
      },
    ];
  });
}

/**
 * What imports by name may mean in the project itself: the paths of TypeScript's settings, and the packages of a workspace.
 * @param folder where the code is
 * @param root the project's folder, beyond which nothing is looked at
 * @returns the paths that a specifier may stand for, without their endings; none for a package from elsewhere
 */
export function importAliases(folder: string, root: string): Alias {
  const aliases = foldersAround(folder, root).flatMap((each) => [...pathsOf(each), ...workspacesOf(each)]);
  return (specifier) => aliases.flatMap((alias) => alias(specifier));
}
