import { XMLBuilder } from 'fast-xml-parser';
import { isFailure } from '../fail-on.ts';
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { plainText } from './plain-text.ts';
import type { RenderOptions } from './render-options.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressBooleanAttributes: false });

/** The report as JUnit's XML: each finding is a test, which fails from `failOn` on; what is suppressed is skipped. */
export function renderJunit(report: Report, { failOn }: Pick<RenderOptions, 'failOn'>): string {
  const failed = report.findings.filter((finding) => isFailure(finding, failOn));
  const passed = report.findings.filter((finding) => !isFailure(finding, failOn));
  const cases = [
    ...failed.map((finding) => ({
      ...describeCase(finding),
      failure: {
        '@_type': finding.severity,
        '@_message': plainText(finding.title),
        '#text': [finding.message, finding.advice ?? ''].map(plainText).join('\n').trim(),
      },
    })),
    ...passed.map((finding) => ({ ...describeCase(finding), 'system-out': plainText(finding.message) })),
    ...report.suppressed.map((finding) => ({
      ...describeCase(finding),
      skipped: { '@_message': plainText(finding.suppression.reason) },
    })),
  ];
  // A suite without tests is taken for one that did not run.
  const none = { '@_classname': plainText(report.target.name), '@_name': 'no findings' };
  const counts = {
    '@_tests': cases.length || 1,
    '@_failures': failed.length,
    '@_skipped': report.suppressed.length,
    '@_errors': 0,
  };
  return builder
    .build({
      '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
      testsuites: {
        '@_name': `ringfence ${report.tool}`,
        ...counts,
        testsuite: {
          '@_name': plainText(report.target.name),
          '@_timestamp': report.time,
          ...counts,
          testcase: cases.length > 0 ? cases : none,
        },
      },
    })
    .trimEnd();
}

function describeCase({ rule, package: detail, subject, locations }: Finding) {
  const about = detail ? `${detail.name} ${detail.version}` : (subject ?? '');
  return {
    '@_classname': plainText(locations[0]?.path ?? about),
    '@_name': plainText(`${rule} ${about}`),
  };
}
