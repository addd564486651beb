import type { Finding } from '@ringfence/findings';
import type { FoundPackage } from '../found-package.ts';
import { folderOf } from '../inventory/reader.ts';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, counted, megabytes } from './content-rules.ts';

const installedAt = ({ evidence }: FoundPackage) =>
  evidence.filter(({ by }) => by === 'installed').map(({ path }) => path);

/** Bytes below each folder of node_modules in which a package lies, without the packages in it. */
function measure(files: PackageFile[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { path, size } of files) {
    const [, folder] = /^(.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    if (folder !== undefined) sizes.set(folder, (sizes.get(folder) ?? 0) + size);
  }
  return sizes;
}

const few = (names: string[]) =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')} and others` : names.join(', ');

/** Packages that are not needed: those for development, and the same one again. */
export function checkPackages(files: ReadonlyMap<string, PackageFile>, packages: FoundPackage[]): Finding[] {
  const sizes = measure([...files.values()]);
  const manifests = (found: FoundPackage) => installedAt(found).flatMap((path) => files.get(path) ?? []);
  const bytesOf = (paths: string[]) => paths.reduce((sum, path) => sum + (sizes.get(folderOf(path)) ?? 0), 0);
  const label = ({ name, version }: FoundPackage) => `${name}@${version}`;
  const findings: Finding[] = [];

  const development = packages.filter((found) => found.development && installedAt(found).length > 0);
  if (development.length > 0) {
    const bytes = bytesOf(development.flatMap(installedAt));
    const message = `${counted(development.length, 'package')} that the lockfile has for development only, ${megabytes(bytes)}: ${few(development.map(label))}.`;
    findings.push(contentFinding('content/development-package', '', message, development.flatMap(manifests)));
  }

  const twice = packages
    .filter(({ ecosystem }) => ecosystem === 'npm')
    .filter((found) => installedAt(found).length > 1);
  const spare = twice
    .map((found) => bytesOf(installedAt(found).slice(1)))
    .reduce((sum, each) => sum + each, 0);
  if (spare >= 1_048_576) {
    const message = `${counted(twice.length, 'package')}, ${megabytes(spare)} more than needed: ${few(twice.map(label))}.`;
    findings.push(contentFinding('content/duplicate-package', '', message, twice.flatMap(manifests)));
  }
  return findings;
}
