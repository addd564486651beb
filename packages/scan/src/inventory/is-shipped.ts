import type { FoundPackage } from '../found-package.ts';

/** A bundle may not name all that is in it, so it is no reason to leave out what a lockfile names. */
const unpacked = ['installed', 'binary', 'digest'];
const isBuilt = ({ evidence }: FoundPackage) => evidence.some(({ by }) => unpacked.includes(by));
const isThere = (found: FoundPackage) => isBuilt(found) || found.evidence.some(({ by }) => by === 'bundle');

/**
 * The packages that run. Where some of an ecosystem are really there, those that only a lockfile names were left out of the package; where none
 * is, as in a folder before it is built, the lockfile says what will be there.
 */
export function listShipped(packages: FoundPackage[]): FoundPackage[] {
  const built = new Set(packages.filter(isBuilt).map(({ ecosystem }) => ecosystem));
  return packages.filter((found) =>
    built.has(found.ecosystem) ? isThere(found) : isThere(found) || !found.development,
  );
}
