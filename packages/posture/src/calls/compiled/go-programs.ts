import { posix } from 'node:path';
import { comparable } from '../../graph/unbuilt-code.ts';
import { folderFinder, type GoModules } from './go-folders.ts';
import { folderOf } from './program.ts';

interface GoFile {
  path: string;
  text: string;
}

const isMain = ({ text }: GoFile): boolean => /^package main\b/m.test(text);
const importsOf = ({ text }: GoFile): string[] =>
  [...text.matchAll(/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"\n]+)"/gm)].map(([, path = '']) => path);

/**
 * The files of one program with those of the packages that it imports. Several programs may lie in a module, one for each function; undefined where none
 * is called as the function is.
 * @param names what the function and its package are called, the surest first
 */
export function filesOfProgram<File extends GoFile>(
  files: readonly File[],
  names: readonly string[],
  modules: GoModules,
): File[] | undefined {
  const programs = [...new Set(files.filter(isMain).map(({ path }) => folderOf(path)))];
  if (programs.length === 0) return [...files];
  const named = names
    .map((name) => programs.filter((folder) => comparable(posix.basename(folder)) === comparable(name)))
    .find(({ length }) => length === 1)?.[0];
  const program = programs.length === 1 ? programs[0] : named;
  if (program === undefined) return undefined;
  const find = folderFinder(
    files.flatMap(importsOf),
    new Set(files.map(({ path }) => folderOf(path))),
    modules,
  );
  const used = new Set([program]);
  for (const folder of used)
    for (const file of files.filter((each) => folderOf(each.path) === folder))
      for (const path of importsOf(file)) {
        const other = find(path);
        if (other !== undefined) used.add(other);
      }
  return files.filter((file) => used.has(folderOf(file.path)));
}
