import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CliError } from '../common/cli-error.ts';

/** All paths below a folder, `/` between parts, with what they are. Symlinks are named, never followed. */
export async function listFolder(folder: string): Promise<Map<string, 'file' | 'directory' | 'symlink'>> {
  const found = new Map<string, 'file' | 'directory' | 'symlink'>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isSymbolicLink()) found.set(path, 'symlink');
    else if (entry.isDirectory()) found.set(path, 'directory');
    else if (entry.isFile()) found.set(path, 'file');
    else throw new CliError('usage', `${join(folder, path)} is neither a file, a folder nor a symlink.`);
  }
  return found;
}
