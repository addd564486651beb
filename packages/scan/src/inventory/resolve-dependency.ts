import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';

/** No function has more versions of one package; of ten thousand that ask for each other, the ways alone would fill the memory. */
const mostVersions = 100;

type Resolve = (
  dependant: FoundPackage,
  dependency: FoundPackage['dependencies'][number],
) => readonly FoundPackage[];

/** What is there for a dependency: of one without a known version all versions, up to a hundred. */
export function prepareResolver(packages: FoundPackage[]): Resolve {
  const keyOf = ({ ecosystem }: FoundPackage, name: string) =>
    `${ecosystem}\0${normaliseName(ecosystem, name)}`;
  const byVersion = new Map<string, FoundPackage>();
  const byName = new Map<string, FoundPackage[]>();
  for (const found of packages) {
    const key = keyOf(found, found.name);
    byVersion.set(`${key}\0${found.version}`, found);
    const versions = byName.get(key);
    if (!versions) byName.set(key, [found]);
    else if (versions.length < mostVersions) versions.push(found);
  }
  return (dependant, { name, version }) => {
    const key = keyOf(dependant, name);
    if (version === undefined) return byName.get(key) ?? [];
    const found = byVersion.get(`${key}\0${version}`);
    return found ? [found] : [];
  };
}
