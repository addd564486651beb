import type { FoundPackage } from '../found-package.ts';
import { prepareResolver } from './resolve-dependency.ts';

const mostPaths = 5;
const longestPath = 32;

const label = ({ name, version }: FoundPackage) => `${name}@${version}`;

/**
 * How packages come into the function: for each the shortest ways from what the function itself asks for, as name@version. What
 * nobody asks for begins a way itself.
 */
export function prepareDependencyPaths(packages: FoundPackage[]): (found: FoundPackage) => string[][] {
  const resolve = prepareResolver(packages);
  const dependants = new Map<FoundPackage, FoundPackage[]>();
  for (const dependant of packages)
    for (const dependency of dependant.dependencies.flatMap((each) => resolve(dependant, each))) {
      const list = dependants.get(dependency);
      if (list) list.push(dependant);
      else dependants.set(dependency, [dependant]);
    }

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
