import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { CliError } from '../common/cli-error.ts';
import { aboutFile } from '../common/system-error.ts';
import { listFolder } from '../embed/list-folder.ts';
import { readZip } from '../embed/zip/read-zip.ts';
import { localHeaderLength, type ZipEntry } from '../embed/zip/zip-entry.ts';

/** Lambda's 250 MB of an unpacked package, and a margin for what Ringfence adds. */
const packageLimit = 280 * 1024 * 1024;

/**
 * Unpacks a zip or copies a folder to `target`, which must not exist, with modes and symlinks. Symlinks come last, so that nothing
 * is written through one, but without the bits setuid, setgid and sticky. Throws a usage error for what is broken, too large or would leave the package.
 */
export async function extractPackage(path: string, target: string): Promise<void> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new CliError('usage', `${path}: there is no such file or folder.`);
  if (kind.isDirectory()) return copyFolder(path, target);
  if (kind.size > packageLimit) throw tooLarge(path);
  const bytes = await readFile(path);
  const { entries } = aboutFile(path, () => readZip(bytes));
  const order = { directory: 0, file: 1, symlink: 2 };
  await mkdir(target);
  let left = packageLimit;
  for (const entry of entries.toSorted((a, b) => order[a.kind] - order[b.kind])) {
    if (entry.path === '') continue;
    const place = Buffer.concat([Buffer.from(`${target}/`), Buffer.from(entry.path, 'latin1')]);
    const mode = (entry.central.readUInt32LE(38) >>> 16) & 0o777;
    if (entry.kind === 'directory') {
      await mkdir(place, { recursive: true });
      continue;
    }
    const data = inflate(entry, left, path);
    left -= data.length;
    await mkdir(Buffer.from(dirname(place.toString('latin1')), 'latin1'), { recursive: true });
    if (entry.kind === 'symlink') await symlink(data, place);
    else {
      await writeFile(place, data, { flag: 'wx' });
      await chmod(place, mode || 0o644);
    }
  }
}

/** Unpacks layers over one another into `target`, the first one lowest. Throws a usage error for those that don't fit together. */
export async function extractLayers(layers: string[], target: string): Promise<void> {
  for (const layer of layers) {
    const unpacked = `${target}-next`;
    await extractPackage(layer, unpacked);
    await cp(unpacked, target, { recursive: true, verbatimSymlinks: true }).catch((error) => {
      if (!String(error.code).startsWith('ERR_FS_CP_')) throw error;
      throw new CliError(
        'usage',
        `${layer} has a folder where a layer before it has none, or the other way round.`,
      );
    });
    await rm(unpacked, { recursive: true, force: true });
  }
}

function inflate(entry: ZipEntry, limit: number, path: string): Buffer {
  const refuse = (why: string) =>
    new CliError('usage', `${path}: entry ${JSON.stringify(entry.name)} ${why}.`);
  const { central, local } = entry;
  const start = localHeaderLength + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = local.subarray(start, start + central.readUInt32LE(20));
  const method = central.readUInt16LE(10);
  if (entry.size > limit) throw tooLarge(path);
  let data = packed;
  if (method === 8)
    try {
      data = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
    } catch {
      throw refuse('cannot be unpacked');
    }
  else if (method !== 0) throw refuse('is packed in a way that Lambda cannot unpack either');
  if (data.length !== entry.size || crc32(data) !== entry.crc)
    throw refuse('is damaged: its checksum differs');
  return data;
}

async function copyFolder(path: string, target: string): Promise<void> {
  await mkdir(target);
  let left = packageLimit;
  for (const [name, kind] of await listFolder(path)) {
    const [from, to] = [join(path, name), join(target, name)];
    await mkdir(dirname(to), { recursive: true });
    if (kind === 'symlink') await symlink(await readlink(from), to);
    else if (kind === 'directory') await mkdir(to, { recursive: true });
    else {
      const { size, mode } = await lstat(from);
      left -= size;
      if (left < 0) throw tooLarge(path);
      await copyFile(from, to);
      // Without the bits that let a file run as its owner, who is another one now.
      await chmod(to, mode & 0o777);
    }
  }
}

function tooLarge(path: string): CliError {
  return new CliError('usage', `${path} is larger than a function may be: 250 MB unpacked.`);
}
