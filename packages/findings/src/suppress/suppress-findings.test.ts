import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { exampleReport } from '../testing/example-report.ts';
import { parseIgnoreFile, type SuppressOptions, suppressFindings } from './suppress-findings.ts';

const nothing: SuppressOptions = {
  ignore: [],
  baseline: undefined,
  ignoreUnfixed: false,
  today: '2026-11-26',
};
const rules = ({ findings }: Report) => findings.map(({ rule }) => rule);
const [qs, command, posture] = rules(exampleReport);

function ignore(yaml: string, options: Partial<SuppressOptions> = {}): Report {
  const parsed = parseIgnoreFile(`ignore:\n  - ${yaml}`, 'ignore.yaml');
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'));
  return suppressFindings(exampleReport, { ...nothing, ignore: parsed.entries, ...options });
}

describe('an ignore entry', () => {
  it.each([
    [`{ id: "${'1'.repeat(32)}", reason: r }`, [command, posture]],
    ['{ rule: GHSA-hrpp-h998-j3pp, reason: r }', [command, posture]],
    ['{ rule: CVE-2022-24999, reason: r }', [command, posture]],
    ['{ rule: code/command-injection, reason: r }', [qs, posture]],
    ['{ package: "@scope/qs", reason: r }', [command, posture]],
    ['{ package: "@scope/qs@6.7.0", reason: r }', [command, posture]],
    ['{ package: "@scope/qs@6.7.1", reason: r }', [qs, command, posture]],
    ['{ rule: CVE-2022-24999, package: express, reason: r }', [qs, command, posture]],
    // One of the two places is elsewhere.
    ['{ path: "lib/**", reason: r }', [qs, command, posture]],
    ['{ path: "**/*.js", reason: r }', [qs, posture]],
  ])('%s', (yaml, left) => {
    expect(rules(ignore(yaml))).toEqual(left);
  });

  it('holds until its last day, and is told of after it', () => {
    const yaml = '{ rule: CVE-2022-24999, reason: no queries, expires: 2026-11-26 }';
    const held = ignore(yaml);
    expect(rules(held)).toEqual([command, posture]);
    expect(held.suppressed.at(-1)?.suppression).toEqual({ reason: 'no queries', expires: '2026-11-26' });
    const expired = ignore(yaml, { today: '2026-11-27' });
    expect(rules(expired)).toEqual([qs, command, posture]);
    expect(expired.notes.at(-1)).toMatch(/"no queries" counts again: the entry expired on 2026-11-26/);
  });

  it.each([
    ['{ rule: X }', /^ignore\.yaml:2:5: ignore\.0\.reason: /],
    ['{ reason: r }', /:2:5: ignore\.0: must say what is ignored/],
    ['{ rule: X, reason: r, expires: tomorrow }', /:2:36: ignore\.0\.expires: must be a day such as/],
    ['{ rule: X, reason: r, expires: 2026-02-30 }', /expires: must be a day/],
    ['{ rule: X, reason: r, until: 2027-01-01 }', /ignore\.0: Unrecognized key/],
    ['{ rule: X, reason: "" }', /ignore\.0\.reason/],
    ['{ rule: X]', /^ignore\.yaml:2:/],
  ])('%s is told with its place', (yaml, message) => {
    const parsed = parseIgnoreFile(`ignore:\n  - ${yaml}`, 'ignore.yaml');
    expect(parsed.ok ? '' : parsed.errors[0]).toMatch(message);
  });
});

it('the example of the documentation is valid', () => {
  const page = readFileSync(new URL('../../../../docs/scan/README.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n(ignore:.*?)```/s.exec(page) ?? [];
  expect(parseIgnoreFile(yaml, 'README.md')).toMatchObject({ ok: true, entries: [{}, {}, {}] });
});

it('an empty ignore file ignores nothing', () => {
  expect(parseIgnoreFile('# nothing yet\n', 'x')).toEqual({ ok: true, entries: [] });
});

it('with a baseline only what is new counts; what it had suppressed is not known', () => {
  const baseline = { ...exampleReport, findings: exampleReport.findings.slice(1) };
  const report = suppressFindings(exampleReport, { ...nothing, baseline });
  expect(rules(report)).toEqual([qs]);
  expect(report.suppressed.at(-1)?.suppression.reason).toBe('In the baseline of 2026-11-26T12:00:00.000Z.');
});

it('what has no fix is left out when asked, and only vulnerabilities', () => {
  const report = structuredClone(exampleReport);
  delete report.findings[0]?.package?.fixed;
  expect(rules(suppressFindings(report, { ...nothing, ignoreUnfixed: true }))).toEqual([command, posture]);
  expect(rules(suppressFindings(exampleReport, { ...nothing, ignoreUnfixed: true }))).toEqual(
    rules(exampleReport),
  );
});
