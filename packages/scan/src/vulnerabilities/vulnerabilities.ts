import type { AdvisoryDatabase } from '../database/open-database.ts';
import type { Finder } from '../finder.ts';
import { packageUrl } from '../inventory/package-url.ts';
import { findReachable } from '../reach/find-reachable.ts';
import { findVulnerabilities } from './find-vulnerabilities.ts';

/** Known vulnerabilities and malicious packages, by the advisory database, and whether the handler imports them. */
export const vulnerabilities: Finder = {
  step: 'looking up advisories',
  async find({ files, packages, database, handler }) {
    if (!database)
      return {
        findings: [],
        notes: ['Vulnerabilities were not looked for: there is no advisory database.'],
      };
    const findings = findVulnerabilities(packages, database);
    const affected = new Set(findings.map((finding) => finding.package?.purl));
    const wanted = packages.filter((found) => affected.has(packageUrl(found)));
    const reached = await findReachable(files, wanted, packages, handler);
    const byUrl = new Map([...reached].map(([found, reach]) => [packageUrl(found), reach]));
    return {
      findings: findings.map((finding) =>
        finding.package
          ? { ...finding, package: { ...finding.package, ...byUrl.get(finding.package.purl) } }
          : finding,
      ),
      notes: describeAge(database),
    };
  },
};

const freshDays = 7;

/** A report by an old database looks better than it is. */
function describeAge({ made }: AdvisoryDatabase): string[] {
  const days = Math.floor((Date.now() - made.getTime()) / 86_400_000);
  if (days <= freshDays) return [];
  return [
    `The advisory database is ${days} days old: what became known since is not in this report. Renew it with: ringfence db update`,
  ];
}
