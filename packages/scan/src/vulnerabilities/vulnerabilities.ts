import type { AdvisoryDatabase } from '../database/open-database.ts';
import type { Finder } from '../finder.ts';
import { findVulnerabilities } from './find-vulnerabilities.ts';

/** Known vulnerabilities and malicious packages, by the advisory database. */
export const vulnerabilities: Finder = {
  step: 'looking up advisories',
  async find({ packages, database }) {
    if (!database)
      return {
        findings: [],
        notes: ['Vulnerabilities were not looked for: there is no advisory database.'],
      };
    return {
      findings: findVulnerabilities(packages, database, () => ({ reachable: 'unknown' })),
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
