import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@ringfence/findings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseBuilder } from './database/build-database.ts';
import { importAdvisories } from './database/import-advisories.ts';
import { AdvisoryDatabase } from './database/open-database.ts';
import { scan } from './scan.ts';
import { inventoryTestdata } from './testing/find-packages.ts';
import { installWithPip } from './testing/install-with-pip.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-installed-'));
let database: AdvisoryDatabase;

beforeAll(async () => {
  const builder = new DatabaseBuilder();
  const { brokenCount } = await importAdvisories(join(inventoryTestdata, '../advisories'), builder);
  expect(brokenCount).toBe(0);
  await builder.write(join(folder, 'advisories.db'));
  database = new AdvisoryDatabase(join(folder, 'advisories.db'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is known of vulnerable packages, in the report's order. */
const vulnerabilities = (report: Report) =>
  report.findings.flatMap(({ rule, severity, package: found }) =>
    found
      ? [{ rule, severity, purl: found.purl, fixed: found.fixed, upgrade: found.upgrade, paths: found.paths }]
      : [],
  );

interface Tree {
  version?: string;
  dependencies?: Record<string, Tree>;
}
const flatten = ({ dependencies = {} }: Tree): string[] =>
  Object.entries(dependencies).flatMap(([name, tree]) => [
    `pkg:npm/${name}@${tree.version}`,
    ...flatten(tree),
  ]);

test('npm installs, and the zip of it is scanned: the packages that npm lists, with their faults and the way in', async () => {
  const place = join(folder, 'node');
  mkdirSync(place);
  const dependencies = { mkdirp: '0.5.1', semver: '7.5.1' };
  const devDependencies = { 'media-typer': '1.1.0' };
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ name: 'shop', version: '1.0.0', dependencies, devDependencies }),
  );
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: place, stdio: 'pipe' }).toString();
  npm('install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund');
  const listed = flatten(JSON.parse(npm('ls', '--all', '--omit=dev', '--json')));
  const zip = join(folder, 'node.zip');
  execFileSync('zip', ['-qr', zip, '.'], { cwd: place });

  const report = await scan(zip, { database });
  expect(report.packages.map(({ purl }) => purl).sort()).toEqual([...new Set(listed)].sort());
  expect(vulnerabilities(report)).toEqual([
    {
      rule: 'GHSA-xvch-5gv4-984h',
      severity: 'critical',
      purl: 'pkg:npm/minimist@0.0.8',
      fixed: '0.2.4',
      upgrade: '0.2.4',
      paths: [['mkdirp@0.5.1', 'minimist@0.0.8']],
    },
    {
      rule: 'GHSA-c2qf-rxjj-qqgw',
      severity: 'high',
      purl: 'pkg:npm/semver@7.5.1',
      fixed: '7.5.2',
      upgrade: '7.5.2',
      paths: [['semver@7.5.1']],
    },
    {
      rule: 'GHSA-vh95-rmgr-6w4m',
      severity: 'medium',
      purl: 'pkg:npm/minimist@0.0.8',
      fixed: '0.2.1',
      upgrade: '0.2.4',
      paths: [['mkdirp@0.5.1', 'minimist@0.0.8']],
    },
  ]);
}, 120_000);

test('pip installs into a folder, which is scanned', async () => {
  const place = join(folder, 'python');
  const listed = installWithPip(place, ['setuptools']);
  const report = await scan(place, { database });
  const [installed] = listed;
  expect(vulnerabilities(report)).toEqual([
    {
      rule: 'GHSA-cx63-2mw6-8hw5',
      severity: 'high',
      purl: `pkg:pypi/setuptools@${installed?.version}`,
      fixed: '70.0.0',
      upgrade: '70.0.0',
      paths: [[`setuptools@${installed?.version}`]],
    },
  ]);
}, 60_000);

const hasDotnet = spawnSync('dotnet', ['--version']).status === 0;

test.skipIf(!hasDotnet)(
  'dotnet publishes, and its output is scanned: the packages that dotnet lists, with their faults',
  async () => {
    const place = join(folder, 'dotnet');
    mkdirSync(place);
    const project = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
<ItemGroup><PackageReference Include="RestSharp" Version="108.0.1" /><PackageReference Include="Serilog.Sinks.Console" Version="6.1.1" /></ItemGroup></Project>`;
    writeFileSync(join(place, 'shop.csproj'), project);
    // No compiler is to stay behind.
    const dotnet = (...args: string[]) =>
      execFileSync('dotnet', args, {
        cwd: place,
        stdio: 'pipe',
        env: { ...process.env, MSBUILDDISABLENODEREUSE: '1' },
      }).toString();
    const output = join(folder, 'published');
    dotnet('publish', '--nologo', '-o', output, '-p:UseSharedCompilation=false');
    const listed = [
      ...dotnet('list', 'package', '--include-transitive').matchAll(/^ +> (\S+) .*?(\S+)\s*$/gm),
    ];

    const report = await scan(output, { database });
    expect(report.packages.map(({ purl }) => purl).sort()).toEqual(
      listed.map(([, name, version]) => `pkg:nuget/${name}@${version}`).sort(),
    );
    expect(vulnerabilities(report)).toMatchObject([
      {
        rule: 'GHSA-4rr6-2v9v-wcpc',
        purl: 'pkg:nuget/RestSharp@108.0.1',
        upgrade: '112.0.0',
        paths: [['RestSharp@108.0.1']],
      },
    ]);
  },
  300_000,
);

test("what Maven's shade plugin made", async () => {
  const place = mkdtempSync(join(folder, 'made-'));
  cpSync(join(inventoryTestdata, 'java/shaded.jar'), join(place, 'shaded.jar'));
  expect(vulnerabilities(await scan(place, { database }))).toEqual([
    {
      rule: 'GHSA-78wr-2p64-hpwj',
      severity: 'medium',
      purl: 'pkg:maven/commons-io/commons-io@2.11.0',
      fixed: '2.14.0',
      upgrade: '2.14.0',
      paths: [['commons-io:commons-io@2.11.0']],
    },
  ]);
});
