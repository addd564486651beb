import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Advisory } from '../match/advisory.ts';
import { isAffected } from '../match/is-affected.ts';
import { ScanError } from '../scan-error.ts';
import { DatabaseBuilder } from './build-database.ts';
import { importAdvisories } from './import-advisories.ts';
import { AdvisoryDatabase } from './open-database.ts';
import { readOsv } from './read-osv.ts';
import { readRubySec } from './read-rubysec.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-database-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const record = (id: string, name: string, more: object = {}) => ({
  id,
  modified: '2026-01-02T03:04:05Z',
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] }],
    },
  ],
  ...more,
});

async function build(advisories: (Advisory | undefined)[], name = 'test.db'): Promise<AdvisoryDatabase> {
  const builder = new DatabaseBuilder();
  for (const advisory of advisories) if (advisory) builder.add(advisory);
  await builder.write(join(folder, name));
  return new AdvisoryDatabase(join(folder, name));
}

test('what goes in is found by its package, and nothing else', async () => {
  const database = await build([
    ...Array.from({ length: 3000 }, (_, i) =>
      readOsv(record(`GHSA-${i}`, `package-${i % 1000}`, { summary: 'x'.repeat(i % 300) })),
    ),
    readOsv(record('MAL-1', '@scope/evil')),
  ]);
  expect(database).toMatchObject({
    packages: 1001,
    advisories: 3001,
    newest: new Date('2026-01-02T03:04:05Z'),
  });
  for (const i of [0, 7, 999])
    expect(database.lookUp('npm', `package-${i}`).map(({ id }) => id)).toEqual([
      `GHSA-${i}`,
      `GHSA-${1000 + i}`,
      `GHSA-${2000 + i}`,
    ]);
  expect(database.lookUp('npm', '@scope/evil')[0]?.affected[0]?.ranges[0]?.events).toEqual([
    { introduced: '0' },
    { fixed: '1.0.0' },
  ]);
  expect(database.lookUp('npm', 'package-1000')).toEqual([]);
  expect(database.lookUp('PyPI', 'package-1')).toEqual([]);
  database.close();
});

test('an advisory dated ahead is found, and makes the database no newer than today', async () => {
  const dates = ['2999-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'];
  const database = await build(
    dates.map((modified, index) => readOsv(record(`GHSA-${index}`, 'ahead', { modified }))),
  );
  expect(database.lookUp('npm', 'ahead')).toHaveLength(2);
  expect(database.newest.getTime()).toBeLessThanOrEqual(Date.now());
});

test('an advisory that names one package many thousand times is stored once', async () => {
  const [affected] = record('GHSA-many', 'many').affected;
  const database = await build([
    readOsv(record('GHSA-many', 'many', { affected: Array(20_000).fill(affected) })),
  ]);
  expect(database.lookUp('npm', 'many').map(({ affected }) => affected.length)).toEqual([20_000]);
});

test('names are found however they are spelled', async () => {
  const affected = (ecosystem: string, name: string) => ({
    affected: [{ package: { ecosystem, name }, versions: ['1'] }],
  });
  const database = await build([
    readOsv(record('PYSEC-1', '', affected('PyPI', 'Zope.Interface'))),
    readOsv(record('GHSA-1', '', affected('NuGet', 'Newtonsoft.Json'))),
    readOsv(record('GHSA-2', '', affected('Maven:https://repo.example', 'org.a:b'))),
  ]);
  expect(database.lookUp('PyPI', 'zope_interface')).toHaveLength(1);
  expect(database.lookUp('NuGet', 'newtonsoft.json')).toHaveLength(1);
  expect(database.lookUp('Maven', 'org.a:b')).toHaveLength(1);
  database.close();
});

const open = { type: 'SEMVER', events: [{ introduced: '0' }] };
const commits = { type: 'GIT', events: [{ introduced: '0' }] };
test.each([
  ['the last known one', [open], '<= 1.2.3', [{ introduced: '0' }, { last_affected: '1.2.3' }]],
  ['before the last known one', [open], '< 1.2.3', [{ introduced: '0' }, { limit: '1.2.3' }]],
  [
    'a fix, whatever is known besides',
    [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
    '<= 1.2.3',
    [{ introduced: '0' }, { fixed: '2.0.0' }],
  ],
  ['nothing', [open], 'all of them', [{ introduced: '0' }]],
  ['versions rather than commits', [commits, open], undefined, [{ introduced: '0' }]],
  ['commits where nothing else is said', [commits], undefined, [{ introduced: '0' }]],
])('a range ends with %s', (_, ranges, last_known_affected_version_range, events) => {
  const affected = [
    {
      package: { ecosystem: 'npm', name: 'a' },
      ranges,
      database_specific: { last_known_affected_version_range },
    },
  ];
  expect(
    readOsv(record('GHSA-1', 'a', { affected }))?.affected[0]?.ranges.map((each) => each.events),
  ).toEqual([events]);
});

test('an empty database answers too', async () => {
  const database = await build([], 'empty.db');
  expect(database.lookUp('npm', 'x')).toEqual([]);
  database.close();
});

test('a file that is missing, none of ours, cut off or damaged is told with what to do', async () => {
  const path = join(folder, 'broken.db');
  expect(() => new AdvisoryDatabase(join(folder, 'none.db'))).toThrow(
    /no advisory database at .*none.db.*db update/,
  );
  writeFileSync(path, 'hello');
  expect(() => new AdvisoryDatabase(path)).toThrow(/cut off.*db update/);
  writeFileSync(path, Buffer.alloc(100));
  expect(() => new AdvisoryDatabase(path)).toThrow(/no advisory database of this version/);
  (await build([readOsv(record('A', 'a'))], 'whole.db')).close();
  const whole = readFileSync(join(folder, 'whole.db'));
  for (let length = 8; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    expect(() => new AdvisoryDatabase(path).lookUp('npm', 'a'), `${length} bytes`).toThrow(ScanError);
  }
  for (let at = 8; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] as number) ^ 0xff;
    writeFileSync(path, bytes);
    try {
      new AdvisoryDatabase(path).lookUp('npm', 'a');
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(ScanError);
    }
  }
});

test.each(['folder', 'zip', 'tar', 'tar.gz', 'tar.xz'])('advisories come from a %s', async (kind) => {
  const source = join(folder, `from-${kind}`);
  mkdirSync(join(source, 'deep/er'), { recursive: true });
  writeFileSync(join(source, 'deep/er/one.json'), JSON.stringify(record('GHSA-1', 'one')));
  writeFileSync(
    join(source, 'two.yaml'),
    'id: PYSEC-2\nmodified: 2026-01-01T00:00:00Z\naffected: [{package: {ecosystem: PyPI, name: Two}, versions: ["1.0"]}]\n',
  );
  writeFileSync(
    join(source, 'gone.json'),
    JSON.stringify(record('GHSA-3', 'three', { withdrawn: '2026-01-01T00:00:00Z' })),
  );
  writeFileSync(join(source, 'broken.json'), '{');
  writeFileSync(join(source, 'odd.json'), '{"id": 5}');
  writeFileSync(join(source, 'README.md'), 'not an advisory');
  let path = source;
  if (kind !== 'folder') {
    path = `${source}.${kind}`;
    const command =
      kind === 'zip'
        ? ['zip', '-qr', path, '.']
        : ['tar', kind === 'tar' ? '-cf' : kind === 'tar.gz' ? '-czf' : '-cJf', path, '.'];
    execFileSync(command[0] as string, command.slice(1), { cwd: source });
  }
  const builder = new DatabaseBuilder();
  let files = 0;
  const imported = await importAdvisories(path, builder, (count) => {
    files = count;
  });
  expect({ ...imported, files, count: builder.count }).toMatchObject({
    taken: 2,
    leftOut: 1,
    brokenCount: 2,
    files: 5,
    count: 2,
  });
  expect(imported.broken.toSorted()).toEqual([
    expect.stringContaining('broken.json: '),
    expect.stringContaining('odd.json: id: '),
  ]);
});

test('an archive that is none is told', async () => {
  for (const name of ['x.zip', 'x.tar.gz', 'x.tar.xz', 'x.tar', 'x.rar']) {
    writeFileSync(join(folder, name), 'this is no archive'.repeat(100));
    await expect(importAdvisories(join(folder, name), new DatabaseBuilder()), name).rejects.toThrow(
      ScanError,
    );
  }
  await expect(importAdvisories(join(folder, 'nothing'), new DatabaseBuilder())).rejects.toThrow(
    /no such file or folder/,
  );
});

test('requirements of the Ruby advisory database become ranges', () => {
  const advisory = readRubySec({
    gem: 'sinatra',
    ghsa: '2x8x-jmrp-phxw',
    cve: '2022-45442',
    title: 'Download',
    date: '2022-11-30',
    cvss_v3: 8.8,
    patched_versions: ['~> 2.2.3', '>= 3.0.4'],
    unaffected_versions: ['< 2.0', '= 3.0.1'],
  });
  expect(advisory).toMatchObject({ id: 'GHSA-2x8x-jmrp-phxw', aliases: ['CVE-2022-45442'], rating: 'HIGH' });
  const affected = advisory?.affected[0];
  const isVulnerable = (version: string) => affected !== undefined && isAffected(affected, version);
  expect(
    ['2.0', '2.2.2', '2.3', '3.0.0', '3.0.2', '3.0.3'].filter((version) => !isVulnerable(version)),
  ).toEqual([]);
  expect(['1.9', '2.2.3', '2.2.9', '3.0.1', '3.0.4', '4.1'].filter(isVulnerable)).toEqual([]);
});

const advisories = new URL('../../../../../shared/advisories/', import.meta.url).pathname;
test.skipIf(!existsSync(advisories))(
  'the published databases are read whole (skipped where ../shared/advisories is absent)',
  async () => {
    const builder = new DatabaseBuilder();
    const counts: Record<string, number> = {};
    for (const name of ['go', 'pypa', 'rubysec']) {
      const { taken, brokenCount } = await importAdvisories(join(advisories, `${name}.tar.xz`), builder);
      expect(brokenCount).toBe(0);
      counts[name] = taken;
    }
    expect(counts).toEqual({ go: 4274, pypa: 2651, rubysec: 1234 });
    await builder.write(join(folder, 'published.db'));
    const database = new AdvisoryDatabase(join(folder, 'published.db'));
    expect(database.lookUp('Go', 'golang.org/x/text').map(({ id }) => id)).toContain('GO-2021-0113');
    database.close();
  },
);
