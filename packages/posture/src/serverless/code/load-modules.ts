import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type Module, readModule } from '@ringfence/code';
import { importAliases } from '../../graph/import-aliases.ts';
import { isMembers } from '../../graph/json.ts';
import { sourceAt } from '../../graph/shared-sources.ts';

const MOST_MODULES = 500;

/** The modules of a configuration that is code, by their paths. */
export interface ConfigModules {
  modules: ReadonlyMap<string, Module>;
  /** The file of the project that an import stands for; undefined for packages from elsewhere. */
  find(specifier: string, from: string): string | undefined;
}

/** What a module imports, wherever in it. */
function importsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(importsIn);
  if (!isMembers(value)) return [];
  const own = value.kind === 'import' && typeof value.from === 'string' ? [value.from] : [];
  return [...own, ...Object.values(value).flatMap(importsIn)];
}

/** Reads these files, and what they import of the project. `readable`: the folder whose files may be read. What can't be read is left out. */
export async function loadModules(
  paths: readonly string[],
  folder: string,
  readable: string,
): Promise<ConfigModules> {
  const aliases = importAliases(folder, readable);
  const find = (specifier: string, from: string): string | undefined => {
    const bases = specifier.startsWith('.') ? [resolve(dirname(from), specifier)] : aliases(specifier);
    return bases
      .map(sourceAt)
      .find((path) => path !== undefined && !relative(readable, path).startsWith('..'));
  };
  const modules = new Map<string, Module>();
  const open = new Set(paths);
  // A set is walked with what is added meanwhile.
  for (const path of open) {
    if (modules.size >= MOST_MODULES) break;
    const module = await readModule(path, await readFile(path, 'utf8')).catch(() => undefined);
    if (!module) continue;
    modules.set(path, module);
    for (const specifier of importsIn(module.body)) {
      const imported = find(specifier, path);
      if (imported !== undefined) open.add(imported);
    }
  }
  return { modules, find };
}
