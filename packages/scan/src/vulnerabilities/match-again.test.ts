import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseBuilder } from '../database/build-database.ts';
import { AdvisoryDatabase } from '../database/open-database.ts';
import { readOsv } from '../database/read-osv.ts';
import { packageUrl, readPackageUrl } from '../inventory/package-url.ts';
import { scan } from '../scan.ts';
import { makeZip } from '../testing/make-zip.ts';
import { matchAgain } from './match-again.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-match-again-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function makeDatabase(path: string, ...records: [id: string, name: string, fixed: string][]) {
  const builder = new DatabaseBuilder();
  for (const [id, name, fixed] of records) {
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }];
    const advisory = readOsv({
      id,
      modified: '2026-01-02T03:04:05Z',
      summary: `${id} in ${name}`,
      affected: [{ package: { ecosystem: 'npm', name }, ranges }],
    });
    if (advisory) builder.add(advisory);
  }
  await builder.write(path);
  const database = new AdvisoryDatabase(path);
  onTestFinished(() => database.close());
  return database;
}

test('a stored report gives the same findings as the scan with the same advisories', async () => {
  const folder = makeFolder();
  const packageFile = (name: string, more: object) => ({
    name: `node_modules/${name}/package.json`,
    content: JSON.stringify({ name, version: '1.0.0', ...more }),
  });
  writeFileSync(
    join(folder, 'function.zip'),
    makeZip([
      { name: 'index.mjs', content: 'import "outer";' },
      { name: 'package.json', content: JSON.stringify({ name: 'fn', dependencies: { outer: '1' } }) },
      packageFile('outer', { dependencies: { '@scope/inner': '1' } }),
      packageFile('@scope/inner', {}),
    ]),
  );
  const older = await makeDatabase(join(folder, 'older.db'), ['GHSA-1', 'outer', '1.1.0']);
  const newer = await makeDatabase(
    join(folder, 'newer.db'),
    ['GHSA-1', 'outer', '1.2.0'],
    ['GHSA-2', '@scope/inner', '2.0.0'],
  );
  const [before, after] = [older, newer].map((database) => scan(join(folder, 'function.zip'), { database }));
  const [first, second] = [await before, await after];
  const vulnerabilities = second?.findings.filter(({ kind }) => kind === 'vulnerability') ?? [];
  expect(vulnerabilities).toHaveLength(2);
  // What the files say, as which kind of evidence names a package, is known of packages with a finding only.
  const withoutFiles = vulnerabilities.map((finding) => ({
    ...finding,
    locations: finding.locations.map(({ path }) => ({ path: path })),
    package: { ...finding.package, reachable: 'unknown' },
  }));
  const again = matchAgain(first?.packages ?? [], newer, []);
  expect(again.map(({ id }) => id).sort()).toEqual(vulnerabilities.map(({ id }) => id).sort());
  expect(again).toEqual(
    expect.arrayContaining(
      withoutFiles.map(({ package: { imports, ...found }, ...finding }) => ({ ...finding, package: found })),
    ),
  );
});

test('what only the files tell stays as the scan has found it', async () => {
  const database = await makeDatabase(join(makeFolder(), 'test.db'), ['GHSA-1', 'left-pad', '1.1.0']);
  const packages = [{ purl: 'pkg:npm/left-pad@1.0.0', locations: ['a', 'b'], dependencies: [] }];
  const [finding] = matchAgain(packages, database, []);
  expect(finding).toMatchObject({
    locations: [{ path: 'a' }, { path: 'b' }],
    package: { reachable: 'unknown' },
  });
  if (!finding?.package) throw new Error('there is no finding about a package');
  const reach = { reachable: 'yes' as const, imports: ['index.js', 'a'] };
  const seen = {
    ...finding,
    rule: 'GHSA-0',
    locations: [{ path: 'a', note: 'installed' }],
    package: { ...finding.package, ...reach },
  };
  expect(matchAgain(packages, database, [seen])[0]).toMatchObject({
    rule: 'GHSA-1',
    locations: [{ path: 'a', note: 'installed' }],
    package: reach,
  });
});

test.each([
  { ecosystem: 'npm', name: '@scope/name', version: '1.0.0' },
  { ecosystem: 'Maven', name: 'org.example:part', version: '1.0.0-rc.1' },
  { ecosystem: 'Go', name: 'example.com/Some/module', version: '1.2.3+incompatible' },
  { ecosystem: 'PyPI', name: 'zope-interface', version: '1!2.0' },
] as const)('$name is read from its package URL', (found) => {
  expect(readPackageUrl(packageUrl(found))).toEqual(found);
});

test.each(['', 'left-pad', 'pkg:npm/left-pad', 'pkg:deb/debian/curl@7', 'pkg:npm/%zz@1', 'pkg:@1'])(
  '%j names no package',
  (text) => {
    expect(readPackageUrl(text)).toBeUndefined();
  },
);
