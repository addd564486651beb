import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';

const mostPaths = 5;
const longestPath = 32;

const nameKey = ({ ecosystem, name }: Pick<FoundPackage, 'ecosystem' | 'name'>) =>
  `${ecosystem}\0${normaliseName(ecosystem, name)}`;
const label = ({ name, version }: FoundPackage) => `${name}@${version}`;

/**
 * How packages come into the function: for each the shortest ways from what the function itself asks for, as name@version. A dependency without a
 * known version leads to all versions that are there. What nobody asks for begins a way itself.
 */
export function prepareDependencyPaths(packages: FoundPackage[]): (found: FoundPackage) => string[][] {
  const byName = new Map<string, FoundPackage[]>();
  const dependants = new Map<FoundPackage, FoundPackage[]>();
  const add = <Key>(map: Map<Key, FoundPackage[]>, key: Key, value: FoundPackage) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  for (const found of packages) add(byName, nameKey(found), found);
  for (const dependant of packages)
    for (const { name, version } of dependant.dependencies)
      for (const dependency of byName.get(nameKey({ ecosystem: dependant.ecosystem, name })) ?? [])
        if (version === undefined || version === dependency.version) add(dependants, dependency, dependant);

  return (found) => {
    const paths: string[][] = [];
    const seen = new Set([found]);
    const waiting = [{ package: found, path: [label(found)] }];
    for (const { package: last, path } of waiting) {
      const above = dependants.get(last) ?? [];
      if (last.direct || above.length === 0) paths.push(path);
      if (paths.length >= mostPaths) break;
      if (path.length >= longestPath) continue;
      for (const next of above)
        if (!seen.has(next)) {
          seen.add(next);
          waiting.push({ package: next, path: [label(next), ...path] });
        }
    }
    return paths;
  };
}
