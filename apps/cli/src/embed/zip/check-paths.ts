import { CliError } from '../../common/cli-error.ts';
import { normalisePath } from './normalise-path.ts';
import { centralHeaderLength, type ZipEntry } from './zip-entry.ts';

/** Refuses entries that would overwrite or pass through another one: unpackers disagree on what then lies there. */
export function checkPaths(entries: ZipEntry[]): void {
  const byPath = new Map<string, ZipEntry>();
  for (const entry of entries) {
    checkUnicodeName(entry);
    const earlier = byPath.get(entry.path);
    if (earlier && !(earlier.kind === 'directory' && entry.kind === 'directory'))
      throw new CliError('usage', `Entry ${JSON.stringify(entry.name)} is there twice.`);
    byPath.set(entry.path, entry);
  }
  for (const entry of entries)
    for (let slash = entry.path.indexOf('/'); slash > 0; slash = entry.path.indexOf('/', slash + 1)) {
      const parent = byPath.get(entry.path.slice(0, slash));
      if (parent && parent.kind !== 'directory')
        throw new CliError(
          'usage',
          `Entry ${JSON.stringify(entry.name)} lies below ${JSON.stringify(parent.name)}, which is a ${parent.kind}.`,
        );
    }
}

/** Info-ZIP's extra field 0x7075 holds a second name that some unpackers prefer: it must be as harmless as the first. */
function checkUnicodeName({ central, name, path }: ZipEntry): void {
  const start = centralHeaderLength + central.readUInt16LE(28);
  const extra = central.subarray(start, start + central.readUInt16LE(30));
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 0x7075) continue;
    const other = normalisePath(extra.subarray(at + 9, at + 4 + extra.readUInt16LE(at + 2)).toString('utf8'));
    if (other !== path && [other, path].some((one) => /^(bootstrap$|\.ringfence)/.test(one)))
      throw new CliError(
        'usage',
        `Entry ${JSON.stringify(name)} has a second name, ${JSON.stringify(other)}.`,
      );
  }
}
