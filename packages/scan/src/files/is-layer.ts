import type { PackageFiles } from '../package-files.ts';

/** The folders of a layer that a runtime looks into, below /opt. */
const layerFolders = new Set(['nodejs', 'python', 'java', 'ruby', 'dotnetcore', 'bin', 'lib', 'extensions']);

/** Whether it is a Lambda layer: everything is in a layer's folders, while a function has its handler at the root or in a folder of its own. */
export function isLayer({ files }: PackageFiles): boolean {
  if (files.size === 0) return false;
  for (const path of files.keys()) {
    const end = path.indexOf('/');
    if (end < 0 || !layerFolders.has(path.slice(0, end))) return false;
  }
  return true;
}
