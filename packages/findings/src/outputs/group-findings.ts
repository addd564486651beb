import { compareFindings } from '../compare-findings.ts';
import type { Finding, PackageDetail } from '../finding.ts';
import { SEVERITIES, type Severity } from '../severity.ts';

export interface PackageGroup {
  package: PackageDetail;
  findings: Finding[];
}

/** Findings of packages together by package, the worst package first; and the others, the worst first. */
export function groupFindings(findings: Finding[]): { packages: PackageGroup[]; others: Finding[] } {
  const packages = new Map<string, PackageGroup>();
  const others: Finding[] = [];
  for (const finding of findings.toSorted(compareFindings)) {
    if (!finding.package) {
      others.push(finding);
      continue;
    }
    const group = packages.get(finding.package.purl);
    if (group) group.findings.push(finding);
    else packages.set(finding.package.purl, { package: finding.package, findings: [finding] });
  }
  return { packages: [...packages.values()], others };
}

/** `2 critical, 1 low`, or `no findings`. */
export function countBySeverity(findings: Finding[]): string {
  const counts = new Map<Severity, number>();
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const parts = SEVERITIES.filter((severity) => counts.has(severity)).map(
    (severity) => `${counts.get(severity)} ${severity}`,
  );
  return parts.join(', ') || 'no findings';
}
