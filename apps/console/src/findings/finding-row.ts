import { type Finding, type Report, SEVERITIES } from '@ringfence/findings';

/** What the store can't hold in text is replaced: NUL by a space, and half a surrogate pair by U+FFFD. */
export const storable = (text: string): string => Buffer.from(text.replaceAll('\0', ' ')).toString();

const searched = ({ rule, aliases, title, message, subject, package: found, locations }: Finding): string =>
  [rule, ...aliases, title, message, subject, found?.purl, ...locations.map(({ path }) => path)]
    .join(' ')
    .toLowerCase();

/** The columns that are made of what the report says. */
export const toRow = (finding: Finding, ignored?: Report['suppressed'][number]['suppression']) => ({
  id: finding.id,
  kind: finding.kind,
  rule: finding.rule,
  severity: finding.severity,
  rank: SEVERITIES.indexOf(finding.severity) * 1000 + 100 - Math.round((finding.cvss?.score ?? 0) * 10),
  reachable: finding.package?.reachable ?? 'unknown',
  search: storable(searched(finding)),
  finding: JSON.stringify(finding),
  ignore_reason: ignored ? storable(ignored.reason) : null,
  ignore_expires: ignored?.expires ?? null,
});
