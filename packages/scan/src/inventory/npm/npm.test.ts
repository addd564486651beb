import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listPackages } from '../../list-packages.ts';
import { findPackages as find, idsOf as ids, inventoryTestdata } from '../../testing/find-packages.ts';
import { prepareDependencyPaths } from '../dependency-paths.ts';

const testdata = join(inventoryTestdata, 'npm');
const folder = mkdtempSync(join(tmpdir(), 'ringfence-npm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What yarn and pnpm resolve beside what npm does, which takes one version of each where it can. */
const beside: Record<string, string[]> = {
  'yarn-1': ['http-errors@1.7.3', 'inherits@2.0.4'],
  'yarn-4': ['http-errors@1.7.3', 'inherits@2.0.4'],
  'pnpm-9': ['http-errors@1.7.3', 'inherits@2.0.4'],
};
const forms = ['package-lock-1', 'package-lock-2', 'package-lock-3', 'yarn-1', 'yarn-4', 'pnpm-9'];

test.each(forms)('%s: the same packages as by npm itself, from the same package.json', async (form) => {
  const expected = await find(join(testdata, 'package-lock-3'));
  const { packages, notes } = await find(join(testdata, form));
  expect(notes).toEqual([]);
  expect(ids(packages)).toEqual([...ids(expected.packages), ...(beside[form] ?? [])].sort());
  expect(packages.find(({ name }) => name === 'express')?.dependencies).toContainEqual({
    name: 'body-parser',
    version: '1.19.0',
  });
  // An alias is the package that it stands for.
  expect(packages.find(({ name }) => name === 'lodash')?.version).toBe('4.17.20');
});

test.each(['package-lock-2', 'package-lock-3', 'pnpm-9'])(
  '%s says what is asked for directly',
  async (form) => {
    const { packages } = await find(join(testdata, form));
    const direct = packages.filter((found) => found.direct).map(({ name }) => name);
    expect(direct.sort()).toEqual(['@hapi/hoek', 'express', 'lodash', 'minimist']);
  },
);

test('node_modules as shipped: nested, scoped, without what is no package', async () => {
  const write = (path: string, manifest: object) => {
    mkdirSync(join(folder, 'shipped', path), { recursive: true });
    writeFileSync(join(folder, 'shipped', path, 'package.json'), JSON.stringify(manifest));
  };
  write('node_modules/a', { name: 'a', version: '1.0.0', dependencies: { b: '^1' } });
  write('node_modules/a/node_modules/b', { name: 'b', version: '1.2.0' });
  write('node_modules/@s/c', { name: '@s/c', version: '3.0.0' });
  write('node_modules/@s/c/dist/esm', { type: 'module' });
  write('node_modules/a/test/fixtures/x', { name: 'x', version: '0.0.1' });
  write('node_modules/no-version', { name: 'no-version' });
  const { packages, notes } = await find(join(folder, 'shipped'));
  expect(ids(packages)).toEqual(['@s/c@3.0.0', 'a@1.0.0', 'b@1.2.0']);
  expect(notes).toEqual([]);
});

test('the same package told of twice is one, with the evidence of both', async () => {
  const place = join(folder, 'twice');
  mkdirSync(join(place, 'node_modules/a'), { recursive: true });
  writeFileSync(join(place, 'node_modules/a/package.json'), '{"name":"a","version":"1.0.0"}');
  const lock = {
    lockfileVersion: 3,
    packages: { '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0' } },
  };
  writeFileSync(join(place, 'package-lock.json'), JSON.stringify(lock));
  const { packages } = await find(place);
  expect(packages).toEqual([
    {
      ecosystem: 'npm',
      name: 'a',
      version: '1.0.0',
      evidence: expect.arrayContaining([
        { path: 'node_modules/a/package.json', by: 'installed' },
        { path: 'package-lock.json', by: 'lockfile' },
      ]),
      dependencies: [],
      direct: true,
    },
  ]);
});

test.each([
  ['package-lock.json', '{"packages": {"node_modules/a": null, "": 5}}', []],
  [
    'package-lock.json',
    '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "dependencies": 7}}}',
    ['a@1.0.0'],
  ],
  ['package-lock.json', '[]', []],
  ['yarn.lock', '# yarn lockfile v1\n\na@1:\n  version "1.0.0"\n', ['a@1.0.0']],
  [
    'pnpm-lock.yaml',
    'lockfileVersion: 5.4\ndependencies:\n  a: 1.0.0\npackages:\n  /a/1.0.0:\n    dev: false\n  /@s/b/2.0.0_a@1.0.0: {}\n',
    ['@s/b@2.0.0', 'a@1.0.0'],
  ],
  ['pnpm-lock.yaml', "lockfileVersion: '6.0'\npackages:\n  /a@1.0.0(b@2.0.0):\n    dev: true\n", ['a@1.0.0']],
  ['pnpm-lock.yaml', 'packages: 5\nimporters: []', []],
])('odd %s: %s', async (name, content, expected) => {
  const place = mkdtempSync(join(folder, 'odd-'));
  writeFileSync(join(place, name), content);
  const { packages, notes } = await find(place);
  expect([ids(packages), notes]).toEqual([expected, []]);
});

test.each([
  ['package-lock.json', '{'],
  ['yarn.lock', '"'],
  ['pnpm-lock.yaml', 'a: [\n'],
  ['node_modules/a/package.json', 'nothing'],
])('%s that is none is told, and hides nothing', async (name, content) => {
  const place = mkdtempSync(join(folder, 'broken-'));
  mkdirSync(join(place, 'node_modules/a'), { recursive: true });
  mkdirSync(join(place, 'node_modules/kept'), { recursive: true });
  writeFileSync(join(place, name), content);
  writeFileSync(join(place, 'node_modules/kept/package.json'), '{"name":"kept","version":"1.0.0"}');
  const { packages, notes } = await find(place);
  expect(ids(packages)).toEqual(['kept@1.0.0']);
  expect(notes).toEqual([expect.stringContaining(`${name} cannot be read: `)]);
});

test('a name that no registry takes is left out and told, and hides nothing else', async () => {
  for (const [place, manifest] of Object.entries({
    long: { name: 'x'.repeat(1000), version: '1.0.0' },
    odd: { name: 'odd', version: '1'.repeat(1000) },
    nameless: { name: 'x/', version: '1.0.0' },
    broken: { name: '\ud800', version: '1.0.0' },
    wide: { name: '中'.repeat(400), version: '1.0.0' },
    fine: { name: 'fine', version: '1.0.0' },
  })) {
    mkdirSync(join(folder, 'long/node_modules', place), { recursive: true });
    writeFileSync(join(folder, 'long/node_modules', place, 'package.json'), JSON.stringify(manifest));
  }
  const { packages, notes } = await find(join(folder, 'long'));
  expect(ids(packages)).toEqual(['fine@1.0.0']);
  expect(notes.sort()).toEqual([
    ...['broken', 'long', 'nameless', 'odd', 'wide'].map((place) =>
      expect.stringContaining(`node_modules/${place}/package.json: a package with a name`),
    ),
  ]);
});

test('an address instead of a version is no version, and the password in it is told nowhere', async () => {
  mkdirSync(join(folder, 'address'));
  const version = 'git+https://user:hunter2hunter2@git.example/b.git#0123456';
  writeFileSync(
    join(folder, 'address/package-lock.json'),
    JSON.stringify({ lockfileVersion: 1, dependencies: { b: { version }, kept: { version: '1.0.0' } } }),
  );
  const inventory = await find(join(folder, 'address'));
  expect(ids(inventory.packages)).toEqual(['kept@1.0.0']);
  expect(inventory.notes).toHaveLength(1);
  expect(JSON.stringify(inventory)).not.toContain('hunter2');
});

test('of ten thousand versions that ask for one another by name alone, a hundred each are told', async () => {
  const entries = Array.from(
    { length: 10_000 },
    (_, index) => `a@${index}:\n  version "${index}.0.0"\n  dependencies:\n    a "no such"\n`,
  );
  mkdirSync(join(folder, 'versions'));
  writeFileSync(join(folder, 'versions/yarn.lock'), `# yarn lockfile v1\n\n${entries.join('\n')}`);
  const { packages } = await find(join(folder, 'versions'));
  const listed = listPackages(packages);
  expect(listed).toHaveLength(10_000);
  expect(new Set(listed.map(({ dependencies }) => dependencies.length))).toEqual(new Set([100]));
  const [first] = packages;
  expect(first && prepareDependencyPaths(packages)(first)).toHaveLength(5);
});
