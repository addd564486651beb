import { posix } from 'node:path';
import { type Module, readModule } from '@ringfence/code';
import type { PackageFile, PackageFiles } from '../package-files.ts';
import { listOwnSources } from './own-sources.ts';

/** Bytes of a file that is followed; what is longer is a bundle, in which dependencies cannot be told from the function's own code. */
const longestFollowed = 512 * 1024;
const mostFollowed = 4 * 1024 * 1024;

export interface OwnModules {
  modules: Module[];
  /** A line of a file, counted from 1, without what stands around it; empty where there is none. */
  lineOf: (path: string, line: number) => string;
  /** What was not read, and why. */
  notes: string[];
}

/** The JSON beside it that JavaScript imports, with its ending or without. */
function importedData(path: string, text: string, { files }: PackageFiles): PackageFile[] {
  if (/\.(py|json)$/.test(path)) return [];
  const specifiers = text.matchAll(/(['"`])(\.{0,2}\/[^'"`\n]+)\1/g);
  return [...specifiers].flatMap(([, , specifier = '']) => {
    const data = specifier.endsWith('.json') ? specifier : `${specifier}.json`;
    return files.get(posix.join(posix.dirname(path), data)) ?? [];
  });
}

/** Reads the function's own code. */
export async function readOwnModules(
  files: PackageFiles,
  onProgress: (count: number) => void = () => {},
): Promise<OwnModules> {
  const notes: string[] = [];
  const modules: Module[] = [];
  const lines = new Map<string, string[]>();
  let total = 0;
  let leftOut = 0;
  const sources = await listOwnSources(files);
  // Walked with the data that they import.
  for (const file of sources) {
    if (file.size > longestFollowed) {
      notes.push(`${file.path} was not followed: with ${file.size} bytes it is too much code, or bundled.`);
      continue;
    }
    if (total + file.size > mostFollowed) {
      leftOut++;
      continue;
    }
    total += file.size;
    onProgress(modules.length + 1);
    try {
      const text = (await file.read()).toString('utf8');
      const module = await readModule(file.path, text);
      if (!module) continue;
      modules.push(module);
      lines.set(file.path, text.split('\n'));
      sources.push(...importedData(file.path, text, files).filter((data) => !sources.includes(data)));
      if (module.isPartial)
        notes.push(`${file.path} has code that could not be parsed; the rest was followed.`);
    } catch (error) {
      notes.push((error as Error).message);
    }
  }
  if (leftOut > 0)
    notes.push(
      `Files of code that were not followed: ${leftOut}. The package has more than ${mostFollowed} bytes of its own.`,
    );
  const lineOf = (path: string, line: number) => lines.get(path)?.[line - 1]?.trim().slice(0, 200) ?? '';
  return { modules, lineOf, notes };
}
