import { languageOf, longestSource, readPlainTree } from '@ringfence/code';
import type { PackageFiles } from '@ringfence/scan';
import { type GoModules, moduleName } from './go-folders.ts';
import { folderOf, type SourceFile } from './program.ts';
import { isSettingsFile, readSettings, type Settings } from './settings.ts';

export type CompiledLanguage = 'java' | 'go' | 'csharp';
/** The sources of a package, as far as they can be read. */
export interface Sources {
  sources: SourceFile[];
  /** What could not be read. */
  notes: string[];
  settings: Settings;
  modules: GoModules;
}

const notShipped = /(^|\/)(tests?|vendor|node_modules|bin|obj|target|build)\/|_test\.go$|Tests?\.(java|cs)$/i;
/** Packages of Java may have any name. */
const shipped = /(^|\/)src\/main\//;
/** Languages that run on the same runtime and that are not read. */
const unread: Readonly<Partial<Record<CompiledLanguage, RegExp>>> = {
  java: /\.(kt|scala|groovy|clj)$/,
  csharp: /\.(fs|vb)$/,
};
const MOST_FILES = 2_000;

/** Reads the sources in a language that a package has. */
export async function readSources(files: PackageFiles, language: CompiledLanguage): Promise<Sources> {
  const sources: SourceFile[] = [];
  const settings = new Map<string, string>();
  const modules = new Map<string, string>();
  const notes = files.notes.filter((note) => note.endsWith('is not there as source'));
  for (const file of files.files.values()) {
    if (file.kind !== 'file' || (notShipped.test(file.path) && !shipped.test(file.path))) continue;
    if (unread[language]?.test(file.path)) notes.push(`${file.path} is in a language that is not read`);
    const isSettings = language === 'java' && isSettingsFile(file.path);
    const isModule = language === 'go' && /(^|\/)go\.mod$/.test(file.path);
    if (languageOf(file.path) !== language && !isSettings && !isModule) continue;
    if (file.size > longestSource || sources.length >= MOST_FILES) {
      notes.push(`${file.path} was not read: it is too much code`);
      continue;
    }
    try {
      const text = (await file.read()).toString('utf8');
      if (isSettings) for (const [name, value] of readSettings(file.path, text)) settings.set(name, value);
      else if (isModule) modules.set(moduleName(text) ?? '', folderOf(file.path));
      else sources.push({ path: file.path, text, root: await readPlainTree(language, file.path, text) });
    } catch (error) {
      notes.push((error as Error).message);
    }
  }
  return { sources, notes, settings, modules };
}
