import { posix } from 'node:path';

/** The SDK's packages are called like folders that programs have. */
const foreign = /^(github\.com\/aws\/|golang\.org\/|google\.golang\.org\/)/;
const isRoot = (folder: string) => /^[./]*$/.test(folder);
const own = (folder: string) => folder.replace(/^(\.\.\/)+/, '');

/** Modules of Go by their names, with the folders of their go.mod. */
export type GoModules = ReadonlyMap<string, string>;

/** What a go.mod calls its module. */
export const moduleName = (text: string): string | undefined => /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1];

/** The folder that an import means, if it is of one of the modules. */
function inModule(path: string, modules: GoModules): string | undefined {
  const [name] = [...modules.keys()]
    .filter((each) => path === each || path.startsWith(`${each}/`))
    .sort((one, other) => other.length - one.length);
  if (name === undefined) return undefined;
  const within = posix.join(modules.get(name) ?? '', path.slice(name.length + 1));
  return within === '.' ? '' : within.replace(/\/$/, '');
}

/** The imports of the program's own modules that are not there. */
export function missingImports(
  imports: Iterable<string>,
  folders: ReadonlySet<string>,
  modules: GoModules,
): string[] {
  return [...new Set(imports)].filter((path) => {
    const folder = inModule(path, modules);
    return folder !== undefined && !folders.has(folder);
  });
}

/**
 * Finds the folders of a program in Go that imports mean: by the modules that they are of, else what an import ends with, and for the module itself
 * what is at the top.
 * @param imports all of the program
 */
export function folderFinder(
  imports: Iterable<string>,
  folders: Iterable<string>,
  modules: GoModules = new Map(),
): (path: string) => string | undefined {
  const all = new Set(folders);
  const byLength = [...folders]
    .filter((folder) => !isRoot(folder))
    .sort((a, b) => own(b).length - own(a).length);
  const inside = (path: string) =>
    foreign.test(path) ? undefined : byLength.find((folder) => path.endsWith(`/${own(folder)}`));
  const named = new Set(
    [...imports].flatMap((path) => {
      const folder = inside(path);
      return folder === undefined ? [] : [path.slice(0, -own(folder).length - 1)];
    }),
  );
  const [root] = [...folders].filter(isRoot).sort((a, b) => b.length - a.length);
  return (path) => {
    const folder = inModule(path, modules);
    if (folder !== undefined && all.has(folder)) return folder;
    return inside(path) ?? (named.has(path) ? root : undefined);
  };
}
