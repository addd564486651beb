import type { Severity } from '@ringfence/findings';
import { normaliseName } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';
import { compareVersions } from '../versions/compare-versions.ts';
import { type Advisory, type Affected, isMalicious } from './advisory.ts';
import { groupAliases } from './group-aliases.ts';
import { isAffected, listFixes } from './is-affected.ts';
import { type Cvss, rateSeverity, readCvss } from './rate-severity.ts';

/** A known fault of one package. */
export interface Match {
  advisory: Advisory;
  /** All other names of it, of all databases. */
  aliases: string[];
  malicious: boolean;
  severity: Severity;
  cvss?: Cvss;
  /** The lowest version above that is without this fault. */
  fixed?: string;
  /** The lowest version above that is without any known fault. */
  upgrade?: string;
}

type Version = Pick<FoundPackage, 'ecosystem' | 'name' | 'version'>;

/** Advisories of a database have normalised names. */
function about(advisory: Advisory, found: Version): Affected[] {
  const name = normaliseName(found.ecosystem, found.name);
  return advisory.affected.filter(
    (affected) => affected.ecosystem === found.ecosystem && affected.name === name,
  );
}

const holds = (advisory: Advisory, found: Version, version: string): boolean =>
  about(advisory, found).some((affected) => isAffected(affected, version));

/** The lowest of the versions at which every fault is fixed by the word of one database at least; others often know of no fix. */
function lowestFix(found: Version, faults: Advisory[][], fixes: string[]): string | undefined {
  return fixes
    .toSorted((one, other) => compareVersions(found.ecosystem, one, other))
    .find((fix) => faults.every((records) => records.some((advisory) => !holds(advisory, found, fix))));
}

/** What is known of this version of the package; `advisories` are all that name the package. */
export function matchPackage(found: Version, advisories: Advisory[]): Match[] {
  const faults = groupAliases(advisories);
  const present = faults.filter((records) =>
    records.some((advisory) => holds(advisory, found, found.version)),
  );
  const fixesOf = (records: Advisory[]) =>
    records.flatMap((advisory) => about(advisory, found).flatMap((each) => listFixes(each, found.version)));
  const upgrade = lowestFix(found, faults, present.flatMap(fixesOf));
  return present.map((members) => {
    const [advisory] = members as [Advisory, ...Advisory[]];
    const names = new Set(members.flatMap(({ id, aliases }) => [id, ...aliases]));
    const vectors = members.flatMap((member) => [
      ...about(member, found).flatMap(({ severity }) => severity),
      ...member.severity,
    ]);
    const cvss = readCvss(vectors);
    const fixed = lowestFix(found, [members], fixesOf(members));
    const malicious = members.some(isMalicious);
    return {
      advisory,
      aliases: [...names].filter((name) => name !== advisory.id),
      malicious,
      severity: malicious ? 'critical' : rateSeverity(cvss, members.find(({ rating }) => rating)?.rating),
      ...(cvss && { cvss }),
      ...(fixed !== undefined && { fixed }),
      ...(upgrade !== undefined && { upgrade }),
    };
  });
}
