import type { PhysicalLocation, Location as Place, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Location } from '../finding.ts';
import type { Report } from '../report.ts';
import type { Severity } from '../severity.ts';
import { listAddresses, listCwes } from './list-references.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' } as const;
/** What code hosts sort by, for findings without a CVSS score: the middle of CVSS's band of that name. */
const scores: Record<Severity, number> = { critical: 9.5, high: 8, medium: 5.5, low: 2, info: 0 };

/** The report as SARIF 2.1.0 (OASIS), which code hosts show at the lines of a pull request. */
export function renderSarif(report: Report): string {
  const all = [...report.findings, ...report.suppressed];
  const rules = new Map<string, ReportingDescriptor>();
  for (const finding of all) if (!rules.has(finding.rule)) rules.set(finding.rule, describeRule(finding));
  const indices = new Map([...rules.keys()].map((id, index) => [id, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: `Ringfence ${report.tool}`, rules: [...rules.values()] } },
        automationDetails: { id: `ringfence/${report.tool}/` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: report.time,
            toolExecutionNotifications: report.notes.map((text) => ({
              level: 'note',
              message: { text },
            })),
          },
        ],
        results: all.map((finding) => describeResult(finding, indices.get(finding.rule) ?? -1, report)),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function describeRule(finding: Finding): ReportingDescriptor {
  const { rule, title, kind, severity, cvss, aliases } = finding;
  const [helpUri] = listAddresses(finding);
  return {
    id: rule,
    shortDescription: { text: title },
    ...(helpUri !== undefined && { helpUri }),
    properties: {
      tags: ['security', kind, ...listCwes(finding).map((cwe) => `external/cwe/cwe-${cwe}`)],
      'security-severity': (cvss?.score ?? scores[severity]).toFixed(1),
      ...(aliases.length > 0 && { aliases }),
    },
  };
}

function describeResult(
  finding: Finding & { suppression?: Report['suppressed'][number]['suppression'] },
  ruleIndex: number,
  { target }: Report,
): Result {
  const places: [Location, ...Location[]] =
    finding.locations.length > 0 ? (finding.locations as [Location, ...Location[]]) : [{ path: target.name }];
  // Of a flow the end is where it goes wrong; of a package the surest file comes first.
  const isFlow = finding.kind === 'code' && places.length > 1;
  const main = isFlow ? (places.at(-1) as Location) : places[0];
  const related = places.filter((place) => place !== main);
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: {
      text: finding.advice === undefined ? finding.message : `${finding.message} ${finding.advice}`,
    },
    locations: [describePlace(main)],
    ...(isFlow && {
      codeFlows: [
        { threadFlows: [{ locations: places.map((place) => ({ location: describePlace(place) })) }] },
      ],
    }),
    ...(!isFlow && related.length > 0 && { relatedLocations: related.map(describePlace) }),
    partialFingerprints: { 'ringfence/v1': finding.id },
    ...(finding.suppression && {
      suppressions: [{ kind: 'external' as const, justification: finding.suppression.reason }],
    }),
    ...(finding.package && { properties: { package: finding.package } }),
  };
}

function describePlace({ path, line, column, note }: Location): Place {
  const physicalLocation: PhysicalLocation = {
    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/') },
    ...(line !== undefined && {
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    }),
  };
  return { physicalLocation, ...(note !== undefined && { message: { text: note } }) };
}
