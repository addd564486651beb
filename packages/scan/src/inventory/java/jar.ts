import { openZipBytes } from '../../files/open-zip.ts';
import type { FoundPackage } from '../../found-package.ts';
import type { PackageFiles } from '../../package-files.ts';
import { ScanError } from '../../scan-error.ts';
import { type KnownDigests, lookUpDigest } from '../known-digests.ts';
import { baseName, type InventoryReader } from '../reader.ts';
import { readManifest } from './read-manifest.ts';
import { readProperties } from './read-properties.ts';

/** A jar in a jar in a jar: what nests deeper is made to tire its reader. */
const deepest = 4;
/** Bytes that all jars of a package may unpack to, with those in them. */
const largestUnpacked = 4 * 1024 ** 3;
const unpackedOf = new WeakMap<PackageFiles, number>();

function countUnpacked(whole: PackageFiles, jar: PackageFiles, path: string): void {
  let bytes = unpackedOf.get(whole) ?? 0;
  for (const { size } of jar.files.values()) bytes += size;
  unpackedOf.set(whole, bytes);
  if (bytes > largestUnpacked)
    throw new ScanError(
      `${path}: the jars unpack to more than the ${largestUnpacked / 1024 ** 3} GB that are read; the rest is left out.`,
    );
}
const isJar = (path: string) => /\.(jar|war|ear|aar)$/i.test(path);
const pomProperties = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;

/** Artifact and version, as Maven names files. */
const fileName = /^(.+?)(?:-(\d[\w.]*(?:-[\w.]+)*))?\.(?:jar|war|ear|aar)$/i;

/** What the jar says of itself by pom.properties; several of them where others were shaded into it. */
async function readPoms(files: PackageFiles, path: string): Promise<FoundPackage[]> {
  const found: FoundPackage[] = [];
  for (const file of files.files.values()) {
    if (!pomProperties.test(file.path)) continue;
    const { groupId, artifactId, version } = readProperties((await file.read()).toString('utf8'));
    if (!groupId || !artifactId || !version) continue;
    const evidence = [{ path: `${path}!/${file.path}`, by: 'installed' as const }];
    found.push({ ecosystem: 'Maven', name: `${groupId}:${artifactId}`, version, evidence, dependencies: [] });
  }
  return found;
}

/** Where a jar lies, and what is known beforehand. */
interface Place {
  whole: PackageFiles;
  path: string;
  depth: number;
  digests: KnownDigests;
}

async function readJar(files: PackageFiles, place: Place): Promise<FoundPackage[]> {
  const { path, depth } = place;
  const found = await readPoms(files, path);
  const [, artifact, version] = fileName.exec(baseName(path)) ?? [];
  const isNamed = found.some(({ name }) => name.endsWith(`:${artifact}`));
  // With one pom.properties that is the jar's own; with several, all may be of what was shaded into it.
  if (found.length === 0 || (found.length > 1 && artifact !== undefined && !isNamed)) {
    const manifest = await files.files.get('META-INF/MANIFEST.MF')?.read();
    const own = readManifest(manifest?.toString('utf8') ?? '', { artifact, version });
    if (own)
      found.push({ ecosystem: 'Maven', ...own, evidence: [{ path, by: 'installed' }], dependencies: [] });
  }
  for (const file of files.files.values())
    if (isJar(file.path) && depth < deepest)
      found.push(
        ...(await openJar(await file.read(), { ...place, path: `${path}!/${file.path}`, depth: depth + 1 })),
      );
  return found;
}

async function openJar(bytes: Buffer, place: Place): Promise<FoundPackage[]> {
  const files = await openZipBytes(bytes, place.path);
  try {
    countUnpacked(place.whole, files, place.path);
    return [...lookUpDigest(place.digests, bytes, place.path), ...(await readJar(files, place))];
  } finally {
    await files.close();
  }
}

/** Jars, those in them, and what was shaded into them. */
export const jar: InventoryReader = {
  matches: isJar,
  read: (bytes, path, whole, digests) => openJar(bytes, { whole, path, depth: 0, digests }),
};
