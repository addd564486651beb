import type { PackageFiles } from '../package-files.ts';
import { findJavaScriptImports, findPythonImports } from './find-imports.ts';
import { NodeResolver } from './node-resolver.ts';
import { PythonResolver } from './python-resolver.ts';

/** Files and bytes that are looked at; what needs more is not followed to its end. */
const mostFiles = 20_000;
const mostBytes = 48 * 1024 * 1024;

export interface Followed {
  /** Each file that is loaded, with the one that imports it first; an entry with none. */
  importedBy: ReadonlyMap<string, string | undefined>;
  /** Imports of what is not there, by specifier: who asks for them. */
  missing: ReadonlyMap<string, string>;
  /** Files that import what is only known when they run. */
  dynamic: string[];
  isWhole: boolean;
}

/** Follows imports from the entries, nearest files first. Ends early once `isEnough`. */
export async function followImports(
  opened: PackageFiles,
  entries: string[],
  isEnough: (path: string) => boolean,
): Promise<Followed> {
  const importedBy = new Map<string, string | undefined>(entries.map((path) => [path, undefined]));
  const missing = new Map<string, string>();
  const dynamic: string[] = [];
  const [node, python] = [new NodeResolver(opened), new PythonResolver(opened)];
  let bytes = 0;
  let count = 0;

  async function importsOf(path: string): Promise<string[]> {
    const file = opened.files.get(path);
    const isPython = path.endsWith('.py');
    if (!file || !(isPython || /\.[cm]?[jt]sx?$/.test(path))) return [];
    bytes += file.size;
    const text = (await file.read().catch(() => Buffer.alloc(0))).toString('latin1');
    const { specifiers, isDynamic } = isPython ? findPythonImports(text) : findJavaScriptImports(text);
    if (isDynamic) dynamic.push(path);
    const found = await Promise.all(
      specifiers.map(async (specifier) => {
        const paths = isPython ? python.resolve(path, specifier) : await node.resolve(path, specifier);
        if (paths.length === 0 && !missing.has(specifier)) missing.set(specifier, path);
        return paths;
      }),
    );
    return found.flat();
  }

  let isDone = entries.some(isEnough);
  let frontier = entries;
  while (frontier.length > 0 && !isDone) {
    const next: string[] = [];
    // In groups, so that a zip is read ahead while files are looked at.
    for (let start = 0; start < frontier.length && !isDone; start += 64) {
      const group = frontier.slice(start, start + 64);
      count += group.length;
      if (count > mostFiles || bytes > mostBytes) return { importedBy, missing, dynamic, isWhole: false };
      const imported = await Promise.all(group.map(importsOf));
      for (const [index, paths] of imported.entries())
        for (const path of paths) {
          if (importedBy.has(path)) continue;
          importedBy.set(path, group[index]);
          next.push(path);
          isDone = isEnough(path) || isDone;
        }
    }
    frontier = next;
  }
  return { importedBy, missing, dynamic, isWhole: true };
}
