import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { Report } from '../report.ts';
import { exampleReport } from '../testing/example-report.ts';
import { formatOfName, OUTPUT_FORMATS, type OutputFormat, outputs } from './formats.ts';

const options = { failOn: 'low', paint: (_: string, text: string) => text } as const;
const render = (format: OutputFormat, report: Report = exampleReport) =>
  outputs[format].render(report, options);
const empty: Report = { ...exampleReport, packages: [], findings: [], suppressed: [], notes: [] };

it('each format has file names of its own', () => {
  for (const format of OUTPUT_FORMATS) expect(formatOfName(`report${outputs[format].suffix}`)).toBe(format);
  expect(formatOfName('report')).toBeUndefined();
});

it('JSON is the report itself', async () => {
  expect(Report.parse(JSON.parse(await render('json')))).toEqual(exampleReport);
});

describe('SARIF', () => {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
  // Draft 4 in what it is called only: without its name and the old spelling of $id, it is draft 7.
  const { id, $schema, ...schema } = JSON.parse(
    readFileSync(path.replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);

  it('is valid by the schema of OASIS', async () => {
    for (const report of [exampleReport, empty]) {
      isValid(JSON.parse(await render('sarif', report)));
      expect(isValid.errors).toBeNull();
    }
    expect(isValid({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  it('points to where code goes wrong, with the way there; to packages by their surest file', async () => {
    const { runs } = JSON.parse(await render('sarif')) as Log;
    const [dependency, code, posture, suppressed] = runs[0]?.results ?? [];
    const places = code?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
      ({ location }) => location?.physicalLocation?.artifactLocation?.uri,
    );
    expect(places).toEqual(['index.js', 'lib/run.js']);
    expect(code?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'lib/run.js' },
      region: { startLine: 9 },
    });
    expect(dependency?.relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      'package%20lock.json',
    );
    expect(posture?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('fn.zip');
    expect(suppressed?.suppressions).toEqual([{ kind: 'external', justification: 'We do not redirect.' }]);
    const rule = runs[0]?.tool.driver.rules?.[dependency?.ruleIndex ?? -1];
    expect(rule).toMatchObject({
      id: 'GHSA-hrpp-h998-j3pp',
      helpUri: 'https://example.com/a%20b%7Cc',
      properties: {
        'security-severity': '7.5',
        tags: ['security', 'vulnerability', 'external/cwe/cwe-1321'],
      },
    });
  });
});

describe('CycloneDX', () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

  it("is valid by the project's own validator", async () => {
    for (const report of [exampleReport, empty])
      expect(await validator.validate(await render('cyclonedx', report))).toBeNull();
    expect(await validator.validate('{"bomFormat":"CycloneDX","specVersion":"1.6","x":1}')).not.toBeNull();
  });

  it('says what is inside, what depends on what, and what a vulnerability means here', async () => {
    const bom = JSON.parse(await render('cyclonedx'));
    const qs = 'pkg:npm/%40scope/qs@6.7.0';
    expect(bom.components.find((each: { purl: string }) => each.purl === qs)).toMatchObject({
      group: '@scope',
      name: 'qs',
      version: '6.7.0',
      properties: [{ name: 'ringfence:path', value: 'node_modules/@scope/qs/package.json' }],
    });
    expect(bom.dependencies).toContainEqual({ ref: 'pkg:npm/express@4.17.1', dependsOn: [qs] });
    expect(bom.dependencies).toContainEqual({ ref: 'root', dependsOn: ['pkg:npm/express@4.17.1'] });
    expect(bom.vulnerabilities).toMatchObject([
      {
        id: 'GHSA-hrpp-h998-j3pp',
        cwes: [1321],
        ratings: [{ score: 7.5, severity: 'high', method: 'CVSSv31' }],
        affects: [{ ref: qs }],
        analysis: { state: 'in_triage', response: ['update'] },
      },
      {
        analysis: {
          state: 'not_affected',
          justification: 'code_not_reachable',
          detail: 'We do not redirect.; not imported from the handler',
        },
      },
    ]);
  });
});

describe('JUnit', () => {
  it('is well-formed, with a test for each finding that fails from the severity on that is asked for', async () => {
    const text = await outputs.junit.render(exampleReport, { ...options, failOn: 'high' });
    expect(XMLValidator.validate(text)).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(text);
    expect(testsuites).toMatchObject({ '@_tests': '4', '@_failures': '2', '@_skipped': '1' });
    const cases = testsuites.testsuite.testcase;
    expect(cases.map((each: object) => Object.keys(each)[0])).toEqual([
      'failure',
      'failure',
      'system-out',
      'skipped',
    ]);
    expect(cases[0].failure['@_message']).toBe('qs | <img src=x> `code` @octocat [31m]]>');
  });

  it('is well-formed whatever a file is called', async () => {
    const [finding] = exampleReport.findings;
    const path = 'a\uffff\ufffe\u0000\u200f]]>/.env';
    const text = await render('junit', {
      ...exampleReport,
      findings: [{ ...finding, locations: [{ path }] }] as never,
    });
    // The validator lets them pass; the specification of XML does not.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\ufffe\uffff]/u);
  });

  it('has a test that passes where nothing is found', async () => {
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(await render('junit', empty));
    expect(testsuites.testsuite.testcase['@_name']).toBe('no findings');
  });
});

describe('Markdown', () => {
  it('shows what a package says as text, and mentions nobody', async () => {
    const text = await render('markdown');
    expect(text).toContain('### `@scope/qs 6.7.0`: upgrade to 6.7.3 fixes all');
    expect(text).toContain(
      '| high 7.5 | `GHSA-hrpp-h998-j3pp` `CVE-2022-24999` | `6.7.3` | qs &#124; &#60;img src=x&#62; &#96;code&#96; @\u2060octocat',
    );
    expect(text).toContain('- `lib/run.js:9` sink');
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/@\w|<\w/);
    expect(text).not.toContain('\u001b');
  });

  it('is cut where a comment would be too long', async () => {
    const [, code] = exampleReport.findings;
    const text = await render('markdown', {
      ...exampleReport,
      findings: Array.from({ length: 2000 }, (_, index) => ({ ...code, id: String(index) })) as never,
    });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\*\d+ more parts do not fit here/);
  });
});

it('the table shows what a package says without what a terminal would obey', async () => {
  const text = await render('table');
  expect(text).not.toContain('\u001b');
  expect(text).toContain('  through express@4.17.1 → @scope/qs@6.7.0');
  expect(text).toContain('  imported by index.js → node_modules/express/index.js');
  expect(text).toContain('fn.zip: 1 critical, 1 high, 1 info, 1 suppressed (2 packages).');
});
