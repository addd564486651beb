import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { type IgnoreEntry, isMatch } from './ignore-file.ts';

export { type IgnoreEntry, IgnoreFile, parseIgnoreFile } from './ignore-file.ts';

export interface SuppressOptions {
  /** The entries of an ignore file. */
  ignore: IgnoreEntry[];
  /** An earlier report: what is in it is not new. */
  baseline: Report | undefined;
  /** Leave out vulnerabilities for which no fixed version is known. */
  ignoreUnfixed: boolean;
  /** The day, as 2026-11-26, by which entries have expired or not. */
  today: string;
}

/** The report with what does not count set apart, each with its reason. Expired entries do not count, which a note says. */
export function suppressFindings(report: Report, options: SuppressOptions): Report {
  const isExpired = ({ expires }: IgnoreEntry) => expires !== undefined && expires < options.today;
  const known = new Set(options.baseline?.findings.map(({ id }) => id));
  const reasonFor = (finding: Finding): Report['suppressed'][number]['suppression'] | undefined => {
    const entry = options.ignore.find((each) => !isExpired(each) && isMatch(each, finding));
    if (entry)
      return { reason: entry.reason, ...(entry.expires !== undefined && { expires: entry.expires }) };
    if (known.has(finding.id)) return { reason: `In the baseline of ${options.baseline?.time}.` };
    const isUnfixed = finding.kind === 'vulnerability' && finding.package?.fixed === undefined;
    return options.ignoreUnfixed && isUnfixed ? { reason: 'No fixed version is known.' } : undefined;
  };
  const findings: Finding[] = [];
  const suppressed = [...report.suppressed];
  for (const finding of report.findings) {
    const suppression = reasonFor(finding);
    if (suppression) suppressed.push({ ...finding, suppression });
    else findings.push(finding);
  }
  const expired = options.ignore
    .filter(isExpired)
    .map(
      (entry) =>
        `What is ignored because of "${entry.reason}" counts again: the entry expired on ${entry.expires}.`,
    );
  return { ...report, findings, suppressed, notes: [...report.notes, ...expired] };
}
