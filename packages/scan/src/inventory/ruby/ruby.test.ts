import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPackages, idsOf, inventoryTestdata } from '../../testing/find-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-ruby-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("bundler's lockfile: what it lists, what is asked for, and what that needs", async () => {
  const { packages, notes } = await findPackages(join(inventoryTestdata, 'ruby'));
  expect(notes).toEqual([]);
  expect(idsOf(packages)).toEqual([
    ...['aws-eventstream@1.2.0', 'aws-partitions@1.653.0', 'aws-sdk-core@3.168.1', 'aws-sdk-kms@1.24.0'],
    ...['aws-sdk-s3@1.117.2', 'aws-sigv4@1.5.1', 'jmespath@1.6.1', 'pg@1.4.5', 'rake@13.0.6'],
  ]);
  expect(packages.filter(({ direct }) => direct).map(({ name }) => name)).toEqual([
    'aws-sdk-s3',
    'pg',
    'rake',
  ]);
  const s3 = packages.find(({ name }) => name === 'aws-sdk-s3');
  expect(s3?.dependencies.map(({ name }) => name)).toEqual(['aws-sdk-core', 'aws-sdk-kms', 'aws-sigv4']);
});

test('platforms, git sources and what is pinned', async () => {
  const place = mkdtempSync(join(folder, 'lock-'));
  const lock = `GIT
  remote: git@example.test:a.git
  revision: 0123456789abcdef0123456789abcdef01234567
  specs:
    a (1.0.0)

PATH
  remote: .
  specs:
    own (0.1.0)

GEM
  remote: https://gems.invalid/
  specs:
    nokogiri (1.15.0-x86_64-linux)
      racc (~> 1.4)
    nokogiri (1.15.0)
    racc (1.7.1-java)

DEPENDENCIES
  a!
  nokogiri (~> 1.15)!
`;
  writeFileSync(join(place, 'Gemfile.lock'), lock.replaceAll('\n', '\r\n'));
  const { packages } = await findPackages(place);
  expect(idsOf(packages)).toEqual(['nokogiri@1.15.0', 'racc@1.7.1']);
  expect(packages.find(({ name }) => name === 'nokogiri')?.direct).toBe(true);
});

test('what gem installs into a folder is what gem lists there', async () => {
  const make = join(folder, 'make');
  mkdirSync(make);
  const gems = [
    ['shop-base', '0.9.1', ''],
    ['shop', '1.2.0.rc1', "s.add_dependency 'shop-base', '~> 0.9'"],
  ];
  for (const [name, version, more] of gems) {
    const spec = `Gem::Specification.new { |s| s.name = '${name}'; s.version = '${version}'; s.summary = 'x'; s.authors = ['x']; s.files = []; ${more} }`;
    writeFileSync(join(make, `${name}.gemspec`), spec);
    execFileSync('gem', ['build', `${name}.gemspec`], { cwd: make, stdio: 'pipe' });
  }
  const place = join(folder, 'gems');
  const files = gems.map(([name, version]) => `${name}-${version}.gem`);
  execFileSync('gem', ['install', '--local', '--quiet', '--no-document', '--install-dir', place, ...files], {
    cwd: make,
  });
  const listed = execFileSync('gem', ['list', '--local', '--all'], {
    env: { ...process.env, GEM_HOME: place, GEM_PATH: place },
  }).toString();
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  // Those that come with Ruby itself are listed too, and lie elsewhere.
  const installed = [...listed.matchAll(/^(shop\S*) \((\S+)\)$/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );
  expect(idsOf(packages)).toEqual(installed.sort());
  expect(packages.find(({ name }) => name === 'shop')?.dependencies).toEqual([{ name: 'shop-base' }]);
});
