import type { Report } from '@ringfence/findings';
import type { FoundPackage } from './found-package.ts';
import { packageUrl } from './inventory/package-url.ts';
import { prepareResolver } from './inventory/resolve-dependency.ts';

/** The packages as a report has them. */
export function listPackages(packages: FoundPackage[]): Report['packages'] {
  const resolve = prepareResolver(packages);
  const purls = new Map(packages.map((found) => [found, packageUrl(found)]));
  return [...purls].map(([found, purl]) => ({
    purl,
    locations: found.evidence.map(({ path }) => path).slice(0, 64),
    dependencies: [
      ...new Set(
        found.dependencies
          .flatMap((dependency) => resolve(found, dependency))
          .map((dependency) => purls.get(dependency) as string),
      ),
    ].slice(0, 2000),
    ...(found.direct !== undefined && { direct: found.direct }),
  }));
}
