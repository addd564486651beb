import { Glob } from '../glob.ts';
import { FILE_LISTS, type FilesSettings } from '../sections/files.ts';
import { expandFilePattern } from '../sections/path-pattern.ts';

/** A pattern as it is written, and for comparing, with a folder in place of its variable. */
export type FilePattern = { text: string; glob: Glob };
export type FileLists = Record<(typeof FILE_LISTS)[number], FilePattern[]>;

export const readFilePattern = (text: string): FilePattern => ({
  text,
  glob: new Glob(expandFilePattern(text)),
});

/** The lists of the section, ready for being compared. */
export const readFileLists = (files: FilesSettings): FileLists =>
  Object.fromEntries(FILE_LISTS.map((list) => [list, files[list].map(readFilePattern)])) as FileLists;
