import type { FoundPackage } from '../found-package.ts';

const surely = ['installed', 'binary', 'digest', 'bundle'];
const isThere = ({ evidence }: FoundPackage) => evidence.some(({ by }) => surely.includes(by));

/**
 * The packages that run. Where some of an ecosystem are really there, those that only a lockfile names were left out of the package; where none
 * is, as in a folder before it is built, the lockfile says what will be there.
 */
export function listShipped(packages: FoundPackage[]): FoundPackage[] {
  const built = new Set(packages.filter(isThere).map(({ ecosystem }) => ecosystem));
  return packages.filter((found) => (built.has(found.ecosystem) ? isThere(found) : !found.development));
}
