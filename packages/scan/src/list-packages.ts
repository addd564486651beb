import type { Report } from '@ringfence/findings';
import { normaliseName } from './ecosystem.ts';
import type { FoundPackage } from './found-package.ts';
import { packageUrl } from './inventory/package-url.ts';

/** The packages as a report has them. A dependency without a known version stands for all versions that are there. */
export function listPackages(packages: FoundPackage[]): Report['packages'] {
  const keyOf = ({ ecosystem }: FoundPackage, name: string) =>
    `${ecosystem}\0${normaliseName(ecosystem, name)}`;
  const byName = new Map<string, { version: string; purl: string }[]>();
  const listed = packages.map((found) => ({ found, purl: packageUrl(found) }));
  for (const { found, purl } of listed) {
    const key = keyOf(found, found.name);
    const versions = byName.get(key) ?? [];
    if (versions.length === 0) byName.set(key, versions);
    versions.push({ version: found.version, purl });
  }
  return listed.map(({ found, purl }) => ({
    purl,
    locations: found.evidence.map(({ path }) => path).slice(0, 64),
    dependencies: [
      ...new Set(
        found.dependencies.flatMap(({ name, version }) =>
          (byName.get(keyOf(found, name)) ?? [])
            .filter((each) => version === undefined || each.version === version)
            .map((each) => each.purl),
        ),
      ),
    ].slice(0, 2000),
    ...(found.direct !== undefined && { direct: found.direct }),
  }));
}
