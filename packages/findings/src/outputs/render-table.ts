import type { Finding, Location } from '../finding.ts';
import type { Report } from '../report.ts';
import type { Severity } from '../severity.ts';
import { countPackages, describePaths, describeReach, describeUpgrade } from './describe-package.ts';
import { countBySeverity, groupFindings, type PackageGroup } from './group-findings.ts';
import { plainText } from './plain-text.ts';
import type { Paint, RenderOptions, TextStyle } from './render-options.ts';

const styles: Record<Severity, TextStyle> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};
const mostPlaces = 3;
const mostFunctions = 5;
const longestTitle = 100;

const clip = (text: string) => (text.length > longestTitle ? `${text.slice(0, longestTitle - 1)}…` : text);

/** The report for people: what is wrong with each package and what fixes it, then everything else. */
export function renderTable(report: Report, { paint }: Pick<RenderOptions, 'paint'>): string {
  const { packages, others } = groupFindings(report.findings);
  const severity = (finding: Finding) =>
    paint(styles[finding.severity], finding.severity.toUpperCase().padEnd(8));
  const sections = [
    ...packages.map((group) => renderPackage(group, severity, paint)),
    ...others.map((finding) => renderFinding(finding, severity, paint)),
    renderSurfaces(report, paint),
    report.notes.map((note) => paint('dim', `Note: ${plainText(note)}`)),
    [renderSummary(report)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The functions that are most worth an attack; a report without a graph has none. */
function renderSurfaces({ graph }: Report, paint: Paint): string[] {
  const functions = (graph?.nodes ?? [])
    .filter(({ kind, score = 0 }) => kind === 'function' && score > 0)
    .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))
    .slice(0, mostFunctions);
  if (functions.length < 2) return [];
  return [
    paint('bold', 'Attack surface, from 0 to 100'),
    ...functions.map(({ label, score = 0 }) => `  ${String(score).padStart(3)}  ${plainText(label)}`),
  ];
}

type RenderSeverity = (finding: Finding) => string;

function renderPackage(group: PackageGroup, severity: RenderSeverity, paint: Paint): string[] {
  const { package: detail, findings } = group;
  const name = paint('bold', plainText(`${detail.name} ${detail.version}`));
  const places = new Set(findings.flatMap(({ locations }) => locations.map(({ path }) => path)));
  const reach = describeReach(detail);
  const rows = findings.map((finding) => [
    plainText([finding.rule, ...finding.aliases].join(', ')),
    finding.cvss ? finding.cvss.score.toFixed(1) : '',
    finding.package?.fixed === undefined ? 'no fix' : plainText(finding.package.fixed),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${name} (${detail.ecosystem}): ${plainText(describeUpgrade(detail, findings))}`,
    ...limit([...places].map((place) => plainText(place))).map((place) => paint('dim', `  in ${place}`)),
    ...limit(describePaths(detail)).map((way) => paint('dim', `  through ${plainText(way)}`)),
    ...(reach === undefined ? [] : [paint('dim', `  ${plainText(reach)}`)]),
    ...findings.map((finding, index) => {
      const [names = '', score = '', fixed = ''] = (rows[index] ?? []).map((cell, column) =>
        cell.padEnd(widths[column] ?? 0),
      );
      return `  ${severity(finding)}  ${score}  ${names}  ${fixed}  ${clip(plainText(finding.title))}`;
    }),
  ];
}

function renderFinding(finding: Finding, severity: RenderSeverity, paint: Paint): string[] {
  const subject = finding.subject === undefined ? '' : ` (${plainText(finding.subject)})`;
  return [
    `${severity(finding)}  ${paint('bold', plainText(finding.title))}  ${finding.rule}${subject}`,
    ...finding.locations.map((location) => paint('dim', `  ${renderLocation(location)}`)),
    `  ${plainText(finding.message)}`,
    ...(finding.advice === undefined ? [] : [`  ${plainText(finding.advice)}`]),
  ];
}

const renderLocation = ({ path, line, column, note }: Location): string =>
  plainText(
    [path, line, column].filter((part) => part !== undefined).join(':') +
      (note === undefined ? '' : ` ${note}`),
  );

function limit(texts: string[]): string[] {
  const more = texts.length - mostPlaces;
  return more > 0 ? [...texts.slice(0, mostPlaces), `${more} more`] : texts;
}

function renderSummary({ tool, target, packages, findings, suppressed }: Report): string {
  const hidden = suppressed.length > 0 ? `, ${suppressed.length} suppressed` : '';
  const inside = tool === 'posture' ? '' : ` (${countPackages(packages)})`;
  return `${plainText(target.name)}: ${countBySeverity(findings)}${hidden}${inside}.`;
}
