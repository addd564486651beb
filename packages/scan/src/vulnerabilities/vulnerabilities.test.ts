import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DatabaseBuilder } from '../database/build-database.ts';
import { layout } from '../database/layout.ts';
import { AdvisoryDatabase } from '../database/open-database.ts';
import { readOsv } from '../database/read-osv.ts';
import { openPackage } from '../files/open-package.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import { makeZip } from '../testing/make-zip.ts';
import { vulnerabilities } from './vulnerabilities.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-vulnerabilities-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = (name: string, version: string, dependencies: Record<string, string> = {}) => ({
  name: `node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version, dependencies }),
});
const parts = [
  installed('shop', '1.0.0', { minimist: '^0.2.0', crossenv: '*' }),
  installed('minimist', '0.2.0'),
  installed('crossenv', '6.1.1'),
  installed('left-pad', '1.3.0'),
];
/** Those of minimist say what the published ones of the same ids do; the record of crossenv, a package that was malicious, has a number of its own. */
const records = [
  {
    id: 'GHSA-vh95-rmgr-6w4m',
    aliases: ['CVE-2020-7598'],
    modified: '2023-01-01T00:00:00Z',
    summary: 'Prototype Pollution in minimist',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L' }],
    database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-1321'] },
    references: [{ type: 'WEB', url: 'https://example.com/minimist' }],
    affected: [
      {
        package: { ecosystem: 'npm', name: 'minimist' },
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.1' }] },
          { type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.3' }] },
        ],
      },
    ],
  },
  {
    id: 'GHSA-xvch-5gv4-984h',
    aliases: ['CVE-2021-44906'],
    modified: '2023-01-01T00:00:00Z',
    summary: 'Prototype Pollution in minimist',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem: 'npm', name: 'minimist' },
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] },
          { type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.6' }] },
        ],
      },
    ],
  },
  {
    id: 'MAL-2026-1',
    modified: '2023-01-01T00:00:00Z',
    summary: 'Malicious code in crossenv (npm)',
    affected: [{ package: { ecosystem: 'npm', name: 'crossenv' }, versions: ['6.1.1'] }],
  },
];

async function find(ageDays: number) {
  const [zip, database] = [join(folder, 'fn.zip'), join(folder, 'advisories.db')];
  writeFileSync(zip, makeZip(parts));
  const builder = new DatabaseBuilder();
  for (const record of records) builder.add(readOsv(record) as NonNullable<ReturnType<typeof readOsv>>);
  await builder.write(database);
  const bytes = readFileSync(database);
  bytes.writeDoubleLE(Date.now() - ageDays * 86_400_000, layout.header - 8);
  writeFileSync(database, bytes);
  const files = await openPackage(zip);
  const opened = new AdvisoryDatabase(database);
  try {
    const { packages } = await takeInventory(files);
    return await vulnerabilities.find({ files, packages, database: opened, onProgress: () => {} });
  } finally {
    opened.close();
    await files.close();
  }
}

test('says of a vulnerable package where it is, how it came in, and what fixes one fault and all', async () => {
  const { findings } = await find(0);
  expect(findings.map(({ rule, severity }) => [rule, severity]).sort()).toEqual([
    ['GHSA-vh95-rmgr-6w4m', 'medium'],
    ['GHSA-xvch-5gv4-984h', 'critical'],
    ['MAL-2026-1', 'critical'],
  ]);
  expect(findings.find(({ rule }) => rule === 'GHSA-vh95-rmgr-6w4m')).toMatchObject({
    kind: 'vulnerability',
    aliases: ['CVE-2020-7598'],
    advice: 'Upgrade to minimist 0.2.4, which has no known vulnerability; 0.2.1 fixes this one.',
    locations: [{ path: 'node_modules/minimist/package.json', note: 'installed' }],
    package: {
      purl: 'pkg:npm/minimist@0.2.0',
      fixed: '0.2.1',
      upgrade: '0.2.4',
      paths: [['shop@1.0.0', 'minimist@0.2.0']],
    },
    cvss: { score: 5.6 },
    references: ['CWE-1321', 'https://example.com/minimist'],
  });
});

test('a malicious package is to be removed, not upgraded', async () => {
  const { findings } = await find(0);
  expect(findings.find(({ kind }) => kind === 'malicious')).toMatchObject({
    rule: 'MAL-2026-1',
    severity: 'critical',
    advice: expect.stringMatching(/^Remove crossenv/),
    message: expect.stringContaining('crossenv 6.1.1 is malicious'),
  });
});

test('an old database is told, a new one not', async () => {
  expect((await find(7)).notes).toEqual([]);
  expect((await find(8)).notes).toEqual([expect.stringMatching(/is 8 days old.*ringfence db update/)]);
});
