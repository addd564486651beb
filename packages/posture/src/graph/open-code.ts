import { openPackage, type PackageFile, type PackageFiles } from '@ringfence/scan';
import type { FunctionCode } from './find-code.ts';

/** Lambda writes code that stands in a template into a file of that name. */
const fileName = (runtime = '') => (runtime.startsWith('python') ? 'index.py' : 'index.js');

/** Opens a function's code for reading. Rejects with a `ScanError` for what is neither a folder nor a zip. */
export async function openCode({ path, text, runtime }: FunctionCode): Promise<PackageFiles> {
  if (text === undefined) return openPackage(path);
  const content = Buffer.from(text);
  const file: PackageFile = {
    path: fileName(runtime),
    kind: 'file',
    size: content.length,
    mode: 0,
    read: async () => content,
  };
  return {
    name: path,
    kind: 'folder',
    files: new Map([[file.path, file]]),
    notes: [],
    close: async () => {},
  };
}
