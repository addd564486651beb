import { randomUUID } from 'node:crypto';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'; // the project's own library
import { PackageURL } from 'packageurl-js';
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { describeReach } from './describe-package.ts';
import { listAddresses, listCwes } from './list-references.ts';

const severities = {
  critical: Enums.Vulnerability.Severity.Critical,
  high: Enums.Vulnerability.Severity.High,
  medium: Enums.Vulnerability.Severity.Medium,
  low: Enums.Vulnerability.Severity.Low,
  info: Enums.Vulnerability.Severity.Info,
} as const;

/** The report as CycloneDX 1.6: what is inside (SBOM), and what its vulnerabilities mean here (VEX). Other findings have no place in it. */
export function renderCycloneDx(report: Report): string {
  const bom = new Models.Bom({ serialNumber: `urn:uuid:${randomUUID()}` });
  bom.metadata.timestamp = new Date(report.time);
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'ringfence', { bomRef: 'ringfence' }),
  );
  const root = new Models.Component(Enums.ComponentType.Application, report.target.name, { bomRef: 'root' });
  if (report.target.digest !== undefined)
    root.hashes.set(Enums.HashAlgorithm['SHA-256'], report.target.digest);
  bom.metadata.component = root;

  const components = new Map(report.packages.map(({ purl, locations }) => [purl, describe(purl, locations)]));
  const wanted = new Set(
    report.packages.flatMap(({ purl, dependencies }) => dependencies.filter((other) => other !== purl)),
  );
  for (const { purl, dependencies } of report.packages) {
    const component = components.get(purl) as Models.Component;
    bom.components.add(component);
    for (const dependency of dependencies) {
      const other = components.get(dependency);
      if (other && other !== component) component.dependencies.add(other.bomRef);
    }
    if (!wanted.has(purl)) root.dependencies.add(component.bomRef);
  }
  for (const finding of [...report.findings, ...report.suppressed]) {
    const component = finding.package && components.get(finding.package.purl);
    if (component) bom.vulnerabilities.add(describeVulnerability(finding, component));
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return serializer.serialize(bom, { space: 2, sortLists: false });
}

function describe(purl: string, locations: string[]): Models.Component {
  const { namespace, name, version } = PackageURL.fromString(purl);
  const component = new Models.Component(Enums.ComponentType.Library, name ?? purl, {
    bomRef: purl,
    purl,
    ...(namespace && { group: namespace }),
    ...(version && { version }),
  });
  for (const path of locations) component.properties.add(new Models.Property('ringfence:path', path));
  return component;
}

function describeVulnerability(
  finding: Finding & { suppression?: Report['suppressed'][number]['suppression'] },
  component: Models.Component,
): Models.Vulnerability.Vulnerability {
  const { rule, aliases, title, message, advice, cvss, severity } = finding;
  const source = new Models.Vulnerability.Source({ name: 'OSV' });
  const vulnerability = new Models.Vulnerability.Vulnerability({
    bomRef: finding.id,
    id: rule,
    source,
    description: title,
    detail: message,
    ...(advice !== undefined && { recommendation: advice }),
  });
  for (const alias of aliases)
    vulnerability.references.add(new Models.Vulnerability.Reference(alias, source));
  for (const cwe of listCwes(finding)) vulnerability.cwes.add(cwe as never);
  for (const address of listAddresses(finding))
    vulnerability.advisories.add(new Models.Vulnerability.Advisory(address));
  vulnerability.ratings.add(
    new Models.Vulnerability.Rating({
      severity: severities[severity],
      ...(cvss && { score: cvss.score, vector: cvss.vector, method: methodOf(cvss.vector) }),
    }),
  );
  vulnerability.affects.add(new Models.Vulnerability.Affect(component.bomRef));
  vulnerability.analysis = analyse(finding);
  return vulnerability;
}

function methodOf(vector: string) {
  const { RatingMethod } = Enums.Vulnerability;
  if (vector.startsWith('CVSS:4')) return RatingMethod.CVSSv4;
  return vector.startsWith('CVSS:3.0') ? RatingMethod.CVSSv3 : RatingMethod.CVSSv31;
}

/** What is known of its meaning here. Only what was found out: that the handler reaches a package does not make it exploitable. */
function analyse(
  finding: Finding & { suppression?: Report['suppressed'][number]['suppression'] },
): Models.Vulnerability.Analysis {
  const { AnalysisState, AnalysisJustification, AnalysisResponse } = Enums.Vulnerability;
  const reach = finding.package && describeReach(finding.package);
  const isUnreached = finding.package?.reachable === 'no';
  const detail = [finding.suppression?.reason, reach].filter((text) => text !== undefined).join('; ');
  const analysis = new Models.Vulnerability.Analysis({
    state: isUnreached ? AnalysisState.NotAffected : AnalysisState.InTriage,
    ...(isUnreached && { justification: AnalysisJustification.CodeNotReachable }),
    ...(detail !== '' && { detail }),
  });
  if (finding.suppression) analysis.response.add(AnalysisResponse.WillNotFix);
  else if (finding.package?.fixed !== undefined) analysis.response.add(AnalysisResponse.Update);
  return analysis;
}
