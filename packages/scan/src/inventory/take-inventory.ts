import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';
import type { PackageFiles } from '../package-files.ts';
import { ScanError } from '../scan-error.ts';
import { depsJson } from './dotnet/deps-json.ts';
import { packagesLock } from './dotnet/packages-lock.ts';
import { buildInfo } from './go/build-info.ts';
import { goMod } from './go/go-mod.ts';
import { gradleLock } from './java/gradle-lock.ts';
import { jar } from './java/jar.ts';
import type { KnownDigests } from './known-digests.ts';
import { bundle } from './npm/bundle.ts';
import { bundleMetafile } from './npm/bundle-metafile.ts';
import { copiedScript } from './npm/copied-script.ts';
import { nodeModules } from './npm/node-modules.ts';
import { packageLock } from './npm/package-lock.ts';
import { pnpmLock } from './npm/pnpm-lock.ts';
import { sourceMap } from './npm/source-map.ts';
import { yarnLock } from './npm/yarn-lock.ts';
import { packageUrl } from './package-url.ts';
import { installedMetadata } from './python/installed-metadata.ts';
import { pipfileLock } from './python/pipfile-lock.ts';
import { requirements } from './python/requirements.ts';
import { tomlLock } from './python/toml-lock.ts';
import type { InventoryReader } from './reader.ts';
import { gemfileLock } from './ruby/gemfile-lock.ts';
import { installedGems } from './ruby/installed-gems.ts';
import { settleVersions } from './settle-versions.ts';

const readers: InventoryReader[] = [
  ...[nodeModules, packageLock, yarnLock, pnpmLock],
  ...[bundle, sourceMap, bundleMetafile, copiedScript],
  ...[installedMetadata, requirements, pipfileLock, tomlLock],
  ...[jar, gradleLock],
  ...[gemfileLock, installedGems],
  ...[depsJson, packagesLock],
  ...[buildInfo, goMod],
];

export interface Inventory {
  packages: FoundPackage[];
  /** Files that could not be read, and why. */
  notes: string[];
}

/** Longer than any that can be published; such would not fit into a report, and keep the rest from being told. */
const [longestName, longestVersion, longestUrl] = [450, 200, 1000];

/** Whether a registry could have it. A version that is an address is none, and may hold a password. */
function isTold(found: FoundPackage): boolean {
  const { name, version } = found;
  if (name.length > longestName || version.length > longestVersion || /[/:]/.test(version)) return false;
  try {
    return packageUrl(found).length <= longestUrl;
  } catch {
    return false;
  }
}

const isLocked = ({ evidence }: FoundPackage) =>
  evidence.some(({ by }) => by === 'lockfile' || by === 'manifest');

const dependencyKey = ({ name, version = '' }: FoundPackage['dependencies'][number]) => `${name}\0${version}`;

/** The same version of the same package is one, whoever tells of it. */
function merge(all: FoundPackage[]): FoundPackage[] {
  const merged = new Map<string, FoundPackage>();
  const toldOf = new Map<FoundPackage, Set<string>>();
  for (const found of all) {
    const key = `${found.ecosystem}\0${normaliseName(found.ecosystem, found.name)}\0${found.version}`;
    const known = merged.get(key);
    if (!known) {
      merged.set(key, { ...found, evidence: [...found.evidence], dependencies: [...found.dependencies] });
      continue;
    }
    const told = toldOf.get(known) ?? new Set(known.dependencies.map(dependencyKey));
    toldOf.set(known, told);
    for (const dependency of found.dependencies) {
      // One without a version stands for all.
      if (told.has(dependencyKey({ name: dependency.name })) || told.has(dependencyKey(dependency))) continue;
      told.add(dependencyKey(dependency));
      known.dependencies.push(dependency);
    }
    if (found.direct !== undefined) known.direct = known.direct === true || found.direct;
    // Only a lockfile tells for what a package is; that it is installed does not.
    if (isLocked(found)) {
      if (!found.development) delete known.development;
      else if (!isLocked(known)) known.development = true;
    }
    known.evidence.push(...found.evidence);
  }
  return [...merged.values()];
}

/** Finds what is inside. What cannot be read is told, and does not hide the rest. `onProgress` gets the number of files read. */
export async function takeInventory(
  files: PackageFiles,
  onProgress: (files: number) => void = () => {},
  digests: KnownDigests = new Map(),
): Promise<Inventory> {
  const all: FoundPackage[] = [];
  const notes: string[] = [];
  let count = 0;
  for (const file of files.files.values()) {
    if (file.kind !== 'file') continue;
    for (const reader of readers) {
      if (!reader.matches(file.path)) continue;
      onProgress(++count);
      try {
        for (const found of await reader.read(await file.read(), file.path, files, digests))
          if (isTold(found)) all.push(found);
          else
            notes.push(`${file.path}: a package with a name or version that no registry takes is left out.`);
      } catch (error) {
        const { message } = error as Error;
        notes.push(
          error instanceof ScanError ? message : `${file.path} cannot be read: ${message.split('\n', 1)[0]}`,
        );
      }
    }
  }
  const settled = settleVersions(all);
  return { packages: merge(settled.packages), notes: [...notes, ...settled.notes] };
}
