import type { Ecosystem } from '../ecosystem.ts';

/** One turn of a range; OSV has one key in each. */
export interface RangeEvent {
  introduced?: string | undefined;
  fixed?: string | undefined;
  last_affected?: string | undefined;
  limit?: string | undefined;
}

/** What an advisory says about one package, as in the OSV schema 1.7 (ossf.github.io/osv-schema). */
export interface Affected {
  ecosystem: Ecosystem;
  name: string;
  ranges: { type: 'SEMVER' | 'ECOSYSTEM' | 'GIT'; events: RangeEvent[] }[];
  versions: string[];
  /** CVSS vectors of this package alone. */
  severity: string[];
}

/** The part of an OSV record that matching needs. Withdrawn ones are not kept. */
export interface Advisory {
  id: string;
  aliases: string[];
  summary: string;
  /** ISO 8601. */
  modified: string;
  /** CVSS vectors. */
  severity: string[];
  /** The database's own word, as GitHub's `MODERATE`, where it has one. */
  rating?: string;
  cwes: string[];
  references: string[];
  affected: Affected[];
}

/** Records of the malicious-packages database: the package itself is the attack. */
export const isMalicious = ({ id, aliases }: Advisory): boolean =>
  [id, ...aliases].some((name) => name.startsWith('MAL-'));
