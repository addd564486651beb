import type { Finding } from './finding.ts';
import { compareSeverity } from './severity.ts';

/** The worst first, and always in the same order, however they were found. */
export function compareFindings(one: Finding, other: Finding): number {
  const keyOf = ({ rule, id }: Finding) => `${rule} ${id}`;
  return (
    compareSeverity(one.severity, other.severity) ||
    (other.cvss?.score ?? 0) - (one.cvss?.score ?? 0) ||
    (keyOf(one) < keyOf(other) ? -1 : 1)
  );
}
