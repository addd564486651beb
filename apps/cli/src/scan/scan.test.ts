import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '@ringfence/findings';
import { expect, it } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';

const advisory = (id: string, score: string, fixed: string) => ({
  id,
  modified: '2026-01-02T03:04:05Z',
  summary: `${id} in left-pad`,
  severity: [{ type: 'CVSS_V3', score }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left-pad' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
    },
  ],
});

const high = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H';
const low = 'CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:N/I:N/A:L';

/** A function with left-pad 1.0.0, and a cache with the database of two advisories about it. */
function setUp() {
  const folder = makeFolder();
  const ringfence = (...args: string[]) =>
    runRingfence(args, { cwd: folder, env: { XDG_CACHE_HOME: join(folder, 'cache') } });
  mkdirSync(join(folder, 'advisories'));
  for (const record of [advisory('GHSA-1', high, '1.2.0'), advisory('GHSA-2', low, '1.1.0')])
    writeFileSync(join(folder, `advisories/${record.id}.json`), JSON.stringify(record));
  mkdirSync(join(folder, 'fn/node_modules/left-pad'), { recursive: true });
  writeFileSync(join(folder, 'fn/index.mjs'), 'export {}');
  writeFileSync(
    join(folder, 'fn/node_modules/left-pad/package.json'),
    JSON.stringify({ name: 'left-pad', version: '1.0.0' }),
  );
  return { folder, ringfence };
}

it('makes a database, says what is in it, and finds with it', () => {
  const { ringfence } = setUp();
  expect(ringfence('db', 'status')).toMatchObject({ code: 2, stderr: expect.stringContaining('db update') });
  expect(ringfence('scan', 'fn')).toMatchObject({ code: 2, stderr: expect.stringContaining('db update') });
  expect(ringfence('db', 'update', '--from', 'advisories')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('advisories.db: 2 advisories.'),
  });
  expect(JSON.parse(ringfence('db', 'status', '--json').stdout)).toMatchObject({
    advisories: 2,
    packages: 1,
    newest: '2026-01-02T03:04:05.000Z',
  });
  const { code, stdout } = ringfence('scan', 'fn');
  expect(code).toBe(1);
  expect(stdout).toBe(
    [
      'left-pad 1.0.0 (npm): upgrade to 1.2.0 fixes all',
      '  in node_modules/left-pad/package.json',
      '  not imported from the handler',
      '  HIGH      7.5  GHSA-1  1.2.0  GHSA-1 in left-pad',
      '  LOW       2.2  GHSA-2  1.1.0  GHSA-2 in left-pad',
      '',
      'fn: 1 high, 1 low (1 package).',
      '',
    ].join('\n'),
  );
});

it('writes reports to files, in the formats that their names or the flags say', () => {
  const { folder, ringfence } = setUp();
  ringfence('db', 'update', '--from', 'advisories');
  const { stdout } = ringfence('scan', 'fn', '-o', 'a.json', '--output', 'table=b.json', '--json');
  const report = Report.parse(JSON.parse(stdout));
  expect(report.findings.map(({ rule }) => rule)).toEqual(['GHSA-1', 'GHSA-2']);
  expect(Report.parse(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).findings).toEqual(
    report.findings,
  );
  expect(readFileSync(join(folder, 'b.json'), 'utf8')).toContain('upgrade to 1.2.0');
});

it('fails from the severity on that is asked for, and only then', () => {
  const { ringfence } = setUp();
  ringfence('db', 'update', '--from', 'advisories');
  expect(ringfence('scan', 'fn', '--fail-on', 'high').code).toBe(1);
  expect(ringfence('scan', 'fn', '--fail-on', 'critical').code).toBe(0);
  expect(ringfence('scan', 'fn', '--fail-on', 'never').code).toBe(0);
  expect(ringfence('scan', 'fn', '--skip-advisories')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Vulnerabilities were not looked for'),
  });
});

it.each([
  [['scan', 'nothing'], /nothing: there is no such file or folder/],
  [['scan', 'fn/index.mjs'], /index\.mjs is no zip that can be read/],
  [['scan', 'fn', '-o', 'report'], /--output report does not say its format/],
  [['scan', 'fn', '--fail-on', 'bad'], /--fail-on can't be "bad"/],
  [['db', 'update', '--from', 'fn'], /fn: there are no advisories in it/],
])('%j is bad input', (args, message) => {
  const { ringfence } = setUp();
  ringfence('db', 'update', '--from', 'advisories');
  expect(ringfence(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

it('does not count what is ignored, known from a baseline or without a fix, and says so', () => {
  const { folder, ringfence } = setUp();
  ringfence('db', 'update', '--from', 'advisories');
  ringfence('scan', 'fn', '-o', 'baseline.json');
  expect(ringfence('scan', 'fn', '--baseline', 'baseline.json')).toMatchObject({
    code: 0,
    stdout: 'fn: no findings, 2 suppressed (1 package).\n',
  });
  writeFileSync(
    join(folder, '.ringfence-ignore.yaml'),
    'ignore:\n  - rule: GHSA-1\n    reason: not padded\n  - rule: GHSA-2\n    reason: old\n    expires: 2020-01-01\n',
  );
  const { code, stdout } = ringfence('scan', 'fn');
  expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('1 low, 1 suppressed') });
  expect(stdout).toContain('"old" counts again: the entry expired on 2020-01-01');
  writeFileSync(join(folder, 'ignore.yaml'), 'ignore:\n  - rule: GHSA-1\n');
  expect(ringfence('scan', 'fn', '--ignore-file', 'ignore.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/ignore\.yaml:2:5: ignore\.0\.reason/),
  });
  expect(ringfence('scan', 'fn', '--baseline', 'fn/index.mjs')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('fn/index.mjs is no report of Ringfence'),
  });
});
