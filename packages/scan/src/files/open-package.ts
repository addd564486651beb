import { stat } from 'node:fs/promises';
import type { PackageFiles } from '../package-files.ts';
import { ScanError } from '../scan-error.ts';
import { openFolder } from './open-folder.ts';
import { openZip } from './open-zip.ts';

/** Opens a function's package, a layer (both zips or jars) or an unpacked folder. Rejects with `ScanError` for anything else. */
export async function openPackage(path: string): Promise<PackageFiles> {
  const kind = await stat(path).catch((cause) => {
    throw new ScanError(`${path}: there is no such file or folder.`, { cause });
  });
  if (kind.isDirectory()) return openFolder(path);
  // Opening a pipe would wait for whoever writes into it.
  if (!kind.isFile()) throw new ScanError(`${path} is neither a file nor a folder.`);
  return openZip(path);
}
