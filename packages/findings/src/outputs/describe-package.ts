import type { Finding, PackageDetail } from '../finding.ts';

/** What to do about all findings of a package at once. */
export function describeUpgrade({ upgrade }: PackageDetail, findings: Finding[]): string {
  if (findings.some(({ kind }) => kind === 'malicious')) return 'remove it';
  return upgrade === undefined ? 'no version fixes all' : `upgrade to ${upgrade} fixes all`;
}

/** Whether the function's own code leads to the package, and by which files; undefined where that is not known. */
export function describeReach({ reachable, imports = [] }: PackageDetail): string | undefined {
  if (reachable === 'unknown') return undefined;
  if (reachable === 'no') return 'not imported from the handler';
  return imports.length > 0 ? `imported by ${imports.join(' → ')}` : 'imported from the handler';
}

/** `app@1.0.0 → lodash@4.17.20`, one for each way that is more than the package itself. */
export const describePaths = ({ paths }: PackageDetail): string[] =>
  paths.filter((path) => path.length > 1).map((path) => path.join(' → '));

export const countPackages = ({ length }: readonly unknown[]): string =>
  length === 1 ? '1 package' : `${length.toLocaleString('en')} packages`;
