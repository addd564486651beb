import { languageOf } from '@ringfence/code';
import type { PackageFile, PackageFiles } from '../package-files.ts';

const notShipped = /(^|\/)(node_modules|\.venv|venv|\.git|__pycache__|tests?|__tests__|__mocks__|coverage)\//;
const generated = /\.(test|spec|min|config)\.[cm]?[jt]sx?$|(^|\/)(test_[^/]*|conftest|setup)\.py$/;

/** Where installed Python packages lie beside the function's own code: the folders with metadata, and what belongs to packages in them. */
async function installedPython({ files }: PackageFiles): Promise<(path: string) => boolean> {
  const owned = new Set<string>();
  for (const [path, file] of files) {
    const [, folder = ''] = /^(.*?)[^/]+\.dist-info\/RECORD$/.exec(path) ?? [];
    if (!path.endsWith('.dist-info/RECORD') || file.size > 8e6) continue;
    const lines = (await file.read().catch(() => Buffer.alloc(0))).toString().split('\n');
    for (const line of lines) owned.add(folder + (line.split(',', 1)[0] as string));
  }
  return (path) => owned.has(path) || /(^|\/)(site|dist)-packages\//.test(path);
}

/** The files that the function's makers have written, in a language that is read. */
export async function listOwnSources(opened: PackageFiles): Promise<PackageFile[]> {
  const isInstalled = await installedPython(opened);
  return [...opened.files.values()].filter(({ kind, path }) => {
    const language = kind === 'file' ? languageOf(path) : undefined;
    const isRead = language === 'javascript' || language === 'typescript' || language === 'python';
    return isRead && !notShipped.test(path) && !generated.test(path) && !isInstalled(path);
  });
}
