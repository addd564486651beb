import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Folders of what is made, not of what is written. */
const ofProducts = /^(\.?build|\.?dist|bin|out|target|zips?|packages?|artifacts?|archives?|tmp)$/i;
const DEEPEST = 5;
/** Packages of Java lie deep. */
const MOST_LEVELS = 12;
const MOST_FOLDERS = 2_000;

const extensions = ['js', 'mjs', 'cjs', 'ts', 'mts', 'py'];

/** Whether a handler's file, named without its ending, lies in the folder. */
export const hasSource = (folder: string, stem: string): boolean =>
  extensions.some((extension) => existsSync(join(folder, `${stem}.${extension}`)));

/** The nearest folder of the project above what is yet to be built that holds more than products. */
export function folderAbove(path: string, root: string): string {
  let folder = dirname(path);
  while (relative(root, folder) !== '' && (!existsSync(folder) || ofProducts.test(basename(folder))))
    folder = dirname(folder);
  return folder;
}

const compiled = /^(java|dotnet|go|provided)/;
const ofCompiled = /\.(java|kt|scala|groovy|cs|fs|go)$/;
/** Sources of what runs on a runtime for anything, too. */
const ofOthers =
  /\.(rs|c|cc|cpp|swift|zig|py|[cm]?js|ts|rb|php|sh|hs|dart)$|^(Cargo\.toml|Makefile|CMakeLists\.txt)$/;

/** Whether there is a file of such a name in a folder, however deep. */
function hasSourceLike(folder: string, pattern: RegExp): boolean {
  const open: [folder: string, depth: number][] = [[folder, 0]];
  for (let seen = 0; seen < MOST_FOLDERS; seen += 1) {
    const [each, depth] = open.shift() ?? [];
    if (each === undefined || depth === undefined) return false;
    for (const entry of readdirSync(each, { withFileTypes: true })) {
      if (entry.isFile() && pattern.test(entry.name)) return true;
      if (entry.isDirectory() && depth < MOST_LEVELS && !/^(\.|node_modules$)/.test(entry.name))
        open.push([join(each, entry.name), depth + 1]);
    }
  }
  return false;
}

export const hasCompiledSource = (folder: string): boolean => hasSourceLike(folder, ofCompiled);

/** The nearest folder above what was built from Java, C# or Go that has sources; undefined where it holds them itself, or none are there. */
export function sourcesAbove(path: string, runtime: string, root: string): string | undefined {
  if (!compiled.test(runtime)) return undefined;
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder && (hasCompiledSource(path) || hasSourceLike(path, ofOthers))) return undefined;
  for (let folder = dirname(path); !relative(root, folder).startsWith('..'); folder = dirname(folder)) {
    if (existsSync(folder) && hasCompiledSource(folder)) return folder;
    if (relative(root, folder) === '') return undefined;
  }
  return undefined;
}

/** As names are compared: `get-item`, `get_item` and `GetItem` are the same. */
export const comparable = (name: string): string => name.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** What a package is called: `bin/ingest.zip` and `bin/ingest/bootstrap` are `ingest`. */
export function packageName(path: string): string {
  const name = basename(path).replace(/\.(zip|jar|tgz|tar\.gz)$/, '');
  return name === 'bootstrap' || name === 'main' ? basename(dirname(path)) : name;
}

/** Names of files that say nothing of whose they are. */
const isCommon = (stem: string): boolean =>
  /^(index|main|app|handler|lambda|lambda_function|function|server)$/i.test(stem);

/** The one folder of the project that has the handler's file and is called like the package; or has it alone, where its name says whose it is. */
export function sourceFolder(name: string, stem: string, root: string): string | undefined {
  const found: string[] = [];
  const open: [folder: string, depth: number][] = [[root, 0]];
  for (let seen = 0; seen < MOST_FOLDERS; seen += 1) {
    const [folder, depth] = open.shift() ?? [];
    if (folder === undefined || depth === undefined) break;
    if (hasSource(folder, stem)) found.push(folder);
    if (depth < DEEPEST && existsSync(folder))
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
          open.push([join(folder, entry.name), depth + 1]);
  }
  const [only, ...others] = found.filter((folder) => comparable(basename(folder)) === comparable(name));
  if (only !== undefined || isCommon(stem)) return others.length === 0 ? only : undefined;
  return found.length === 1 ? found[0] : undefined;
}
