import { CliError } from '../common/cli-error.ts';
import { checkReserved } from './check-reserved.ts';
import {
  configurationMode,
  guardMode,
  type Protection,
  packagePaths,
  zippedInitMode,
} from './package-paths.ts';
import { makeEntry, renameEntry } from './zip/write-zip.ts';
import type { Zip, ZipEntry } from './zip/zip-entry.ts';

/** The zip with the protection inside. An earlier protection is taken out first, so that none nests in another. */
export function protectZip(zip: Zip, { init, guard, configuration, customRuntime }: Protection): Zip {
  const original = unprotectZip(zip);
  const added = [
    makeEntry(packagePaths.init, zippedInitMode, init),
    makeEntry(packagePaths.guard, guardMode, guard),
    makeEntry(packagePaths.configuration, configurationMode, configuration),
  ];
  if (!customRuntime) return append(original, added);
  const bootstrap = original.entries.find((entry) => entry.path === packagePaths.bootstrap);
  if (!bootstrap || bootstrap.kind === 'directory')
    throw new CliError(
      'usage',
      'A function with its own runtime needs a file named bootstrap in the root of its package.',
    );
  const renamed = replace(original, (entry) =>
    entry === bootstrap ? renameEntry(entry, packagePaths.originalBootstrap) : entry,
  );
  return append(renamed, [...added, makeEntry(packagePaths.bootstrap, zippedInitMode, init)]);
}

/** The zip as it was before it was protected; any other zip stays as it is. */
export function unprotectZip(zip: Zip): Zip {
  const byPath = new Map(zip.entries.map((entry) => [entry.path, entry]));
  checkReserved(new Map(zip.entries.map((entry) => [entry.path, entry.kind])), (one, other) => {
    const [a, b] = [byPath.get(one), byPath.get(other)];
    return a?.crc === b?.crc && a?.size === b?.size;
  });
  const { init, guard, configuration, bootstrap, originalBootstrap } = packagePaths;
  const custom = byPath.has(originalBootstrap);
  return replace(zip, (entry) => {
    if (entry.path === init || entry.path === guard || entry.path === configuration) return undefined;
    if (custom && entry.path === bootstrap) return undefined;
    return entry.path === originalBootstrap ? renameEntry(entry, bootstrap) : entry;
  });
}

function replace(zip: Zip, change: (entry: ZipEntry) => ZipEntry | undefined): Zip {
  const changed = new Map(zip.entries.map((entry) => [entry, change(entry)]));
  const apply = (entries: ZipEntry[]) => entries.flatMap((entry) => changed.get(entry) ?? []);
  return { ...zip, entries: apply(zip.entries), dataOrder: apply(zip.dataOrder) };
}

function append(zip: Zip, added: ZipEntry[]): Zip {
  return { ...zip, entries: [...zip.entries, ...added], dataOrder: [...zip.dataOrder, ...added] };
}
