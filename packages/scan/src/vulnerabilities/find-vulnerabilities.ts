import type { Finding } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { AdvisoryDatabase } from '../database/open-database.ts';
import { EVIDENCE, type FoundPackage } from '../found-package.ts';
import { prepareDependencyPaths } from '../inventory/dependency-paths.ts';
import { packageUrl } from '../inventory/package-url.ts';
import { type Match, matchPackage } from '../match/match-package.ts';

function advise(found: FoundPackage, { malicious, fixed, upgrade }: Match): string {
  const version = (text: string | undefined) => `${found.name} ${text}`;
  if (malicious)
    return `Remove ${found.name} and treat what ran with it, and its credentials, as compromised.`;
  if (fixed === undefined)
    return `No fixed version is known. Replace ${found.name}, or keep the vulnerable part from being reached.`;
  if (upgrade === undefined || upgrade === fixed) return `Upgrade to ${version(fixed)}.`;
  return `Upgrade to ${version(upgrade)}, which has no known vulnerability; ${fixed} fixes this one.`;
}

function describe(found: FoundPackage, match: Match, paths: string[][]): string {
  const [way] = paths;
  const through = way && way.length > 1 ? ` It comes in through ${way.slice(0, -1).join(' → ')}.` : '';
  const what = match.malicious ? 'is malicious' : 'has a known vulnerability';
  return `${found.name} ${found.version} ${what}: ${match.advisory.summary}${/[.!?]$/.test(match.advisory.summary) ? '' : '.'}${through}`;
}

/** Looks up each package, and tells what is known of its version; not whether it is reached. */
export function findVulnerabilities(packages: FoundPackage[], database: AdvisoryDatabase): Finding[] {
  const pathsTo = prepareDependencyPaths(packages);
  return packages.flatMap((found) => {
    const matches = matchPackage(found, database.lookUp(found.ecosystem, found.name));
    if (matches.length === 0) return [];
    const purl = packageUrl(found);
    const paths = pathsTo(found);
    const evidence = found.evidence.toSorted(
      (one, other) => EVIDENCE.indexOf(one.by) - EVIDENCE.indexOf(other.by),
    );
    return matches.map((match): Finding => {
      const { advisory, aliases, malicious, severity, cvss, fixed, upgrade } = match;
      return {
        id: findingId(malicious ? 'malicious' : 'vulnerability', advisory.id, purl),
        kind: malicious ? 'malicious' : 'vulnerability',
        rule: advisory.id,
        aliases,
        severity,
        title: advisory.summary,
        message: describe(found, match, paths),
        advice: advise(found, match),
        locations: evidence.slice(0, 16).map(({ path, by }) => ({ path, note: by })),
        package: {
          purl,
          ecosystem: found.ecosystem,
          name: found.name,
          version: found.version,
          ...(fixed !== undefined && { fixed }),
          ...(upgrade !== undefined && { upgrade }),
          paths,
          reachable: 'unknown',
        },
        ...(cvss && { cvss }),
        references: [...advisory.cwes, ...advisory.references].slice(0, 64),
      };
    });
  });
}
