import type { Finding, Report } from '@ringfence/findings';
import type { AdvisoryDatabase } from '../database/open-database.ts';
import type { FoundPackage } from '../found-package.ts';
import { readPackageUrl } from '../inventory/package-url.ts';
import { findVulnerabilities } from './find-vulnerabilities.ts';

/** The packages of a report; what is no package URL of a known ecosystem is left out. */
function readPackages(listed: Report['packages']): FoundPackage[] {
  return listed.flatMap(({ purl, locations, dependencies, direct }) => {
    const named = readPackageUrl(purl);
    if (!named) return [];
    return [
      {
        ...named,
        evidence: locations.map((path) => ({ path, by: 'installed' as const })),
        dependencies: dependencies.flatMap((each) => readPackageUrl(each) ?? []),
        ...(direct !== undefined && { direct }),
      },
    ];
  });
}

/**
 * What these advisories say about the packages of an earlier report. What only the package's files tell, which are not at
 * hand, is taken from the findings of then about the same package: places and reachability, which else is unknown.
 */
export function matchAgain(
  packages: Report['packages'],
  database: AdvisoryDatabase,
  before: Finding[],
): Finding[] {
  const known = new Map(before.map((finding) => [finding.package?.purl, finding]));
  const placesOf = new Map(
    packages.map(({ purl, locations }) => [purl, locations.map((path) => ({ path }))]),
  );
  return findVulnerabilities(readPackages(packages), database).map((finding) => {
    const purl = finding.package?.purl ?? '';
    const earlier = known.get(purl);
    const { reachable = 'unknown', imports } = earlier?.package ?? {};
    return {
      ...finding,
      locations: earlier?.locations ?? placesOf.get(purl) ?? [],
      ...(finding.package && {
        package: { ...finding.package, reachable, ...(imports && { imports }) },
      }),
    };
  });
}
