import { posix } from 'node:path';
import type { Finding } from '@ringfence/findings';
import { folderOf } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import { contentFinding } from './content-rules.ts';

/** Where Lambda unpacks the function and its layers; a link there leads to where something is meant to be. */
const places = /^\/(var\/task|opt)(\/|$)/;

/** Linux takes no longer one (PATH_MAX). */
const longestTarget = 4096;

function listFolders(files: PackageFile[]): Set<string> {
  const folders = new Set(['.']);
  for (const { path } of files)
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  return folders;
}

/** Symbolic links that lead out of the package, or to nothing. */
export async function checkLinks(files: PackageFile[]): Promise<Finding[]> {
  const links = files.filter(({ kind, size }) => kind === 'symlink' && size <= longestTarget);
  if (links.length === 0) return [];
  const there = new Set([...files.map(({ path }) => path), ...listFolders(files)]);
  const findings: Finding[] = [];
  for (const file of links) {
    const target = (await file.read()).toString('utf8');
    if (places.test(target)) continue;
    const reached = posix.normalize(posix.join(folderOf(file.path), target)).replace(/\/$/, '');
    const message = `${file.path} leads to ${JSON.stringify(target)}.`;
    if (posix.isAbsolute(target) || reached === '..' || reached.startsWith('../'))
      findings.push(contentFinding('content/link-outside', file.path, message, [file]));
    else if (!there.has(reached))
      findings.push(contentFinding('content/link-to-nothing', file.path, message, [file]));
  }
  return findings;
}
