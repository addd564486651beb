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
    return { findings: findVulnerabilities(packages, database, () => ({ reachable: 'unknown' })) };
  },
};
