import type { PackageDetail } from '@ringfence/findings';
import { groupBy } from '../content/group-by.ts';
import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';
import type { PackageFiles } from '../package-files.ts';
import { findEntries } from './find-entries.ts';
import { followImports } from './follow-imports.ts';
import { placesOf } from './package-places.ts';

export type Reach = Pick<PackageDetail, 'reachable' | 'imports'>;

const unknownReach: Reach = { reachable: 'unknown' };
const keyOf = ({ ecosystem }: FoundPackage, name: string) =>
  `${ecosystem}\0${normaliseName(ecosystem, name)}`;

/** The folder of node_modules that a file is in. */
const moduleFolder = (path: string) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(path)?.[0];

/** The names of what packages depend on, and of what that depends on. */
function closureOf(names: Set<string>, packages: FoundPackage[]): Set<string> {
  const byName = groupBy(packages, (found) => keyOf(found, found.name));
  for (const name of names)
    for (const found of byName.get(name) ?? [])
      for (const dependency of found.dependencies) names.add(keyOf(found, dependency.name));
  return names;
}

/**
 * Says of each of `wanted` whether the handler imports it, with the chain of files. `no` only where everything was followed, and nothing on the way
 * imports by a name that is made when it runs.
 */
export async function findReachable(
  opened: PackageFiles,
  wanted: FoundPackage[],
  packages: FoundPackage[],
  handler?: string,
): Promise<Map<FoundPackage, Reach>> {
  const places = new Map<string, FoundPackage>();
  const installed = new Set<FoundPackage>();
  for (const found of wanted)
    for (const place of await placesOf(found, opened)) {
      places.set(place, found);
      installed.add(found);
    }
  const hasSource = wanted.some(({ ecosystem }) => ecosystem === 'npm' || ecosystem === 'PyPI');
  const { paths: entries } = hasSource ? await findEntries(opened, handler) : { paths: [] };
  if (entries.length === 0) return new Map(wanted.map((found) => [found, unknownReach]));

  const first = new Map<FoundPackage, string>();
  const packageAt = (path: string): FoundPackage | undefined => {
    const folder = moduleFolder(path);
    if (folder !== undefined) return places.get(folder);
    if (places.has(path)) return places.get(path);
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const found = places.get(path.slice(0, end + 1));
      if (found) return found;
    }
    return undefined;
  };
  const followed = await followImports(opened, entries, (path) => {
    const found = packageAt(path);
    if (found && !first.has(found)) first.set(found, path);
    return installed.size > 0 && first.size === installed.size && installed.size === wanted.length;
  });

  const chainTo = (path: string): string[] => {
    const chain: string[] = [];
    for (let at: string | undefined = path; at !== undefined; at = followed.importedBy.get(at))
      chain.unshift(at);
    return chain.length > 32 ? [...chain.slice(0, 16), ...chain.slice(-16)] : chain;
  };
  const isOwn = (path: string) =>
    moduleFolder(path) === undefined && !/(^|\/)(site|dist)-packages\//.test(path);
  const doubtful = new Set<string>();
  let isAnyDoubtful = !followed.isWhole;
  const dynamicFolders = new Set(followed.dynamic.flatMap((path) => moduleFolder(path) ?? []));
  for (const found of packages)
    for (const { path } of found.evidence) {
      const folder = moduleFolder(path);
      if (folder !== undefined && dynamicFolders.has(folder))
        for (const { name } of found.dependencies) doubtful.add(keyOf(found, name));
    }
  isAnyDoubtful ||= followed.dynamic.some((path) => !path.endsWith('.py') && isOwn(path));
  closureOf(doubtful, packages);
  const isPythonDoubtful = followed.dynamic.some((path) => path.endsWith('.py'));

  return new Map(
    wanted.map((found): [FoundPackage, Reach] => {
      const path = first.get(found);
      if (path !== undefined) return [found, { reachable: 'yes', imports: chainTo(path) }];
      if (!installed.has(found)) {
        const asked = [...followed.missing].find(
          ([specifier]) =>
            found.ecosystem === 'npm' && (specifier === found.name || specifier.startsWith(`${found.name}/`)),
        );
        return [
          found,
          asked ? { reachable: 'yes', imports: [...chainTo(asked[1]), asked[0]] } : unknownReach,
        ];
      }
      const isDoubtful =
        isAnyDoubtful ||
        (found.ecosystem === 'PyPI' ? isPythonDoubtful : doubtful.has(keyOf(found, found.name)));
      return [found, isDoubtful ? unknownReach : { reachable: 'no' }];
    }),
  );
}
