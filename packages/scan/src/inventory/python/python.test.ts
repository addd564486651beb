import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPackages, idsOf, inventoryTestdata } from '../../testing/find-packages.ts';
import { installWithPip } from '../../testing/install-with-pip.ts';

const testdata = join(inventoryTestdata, 'python');
const folder = mkdtempSync(join(tmpdir(), 'ringfence-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const flask = [
  ...['blinker@1.9.0', 'click@8.4.0', 'flask@3.1.3', 'itsdangerous@2.2.0', 'jinja2@3.1.6'],
  ...['markupsafe@3.0.3', 'werkzeug@3.1.8'],
];
const idsBelow = async (place: string) => {
  const { packages, notes } = await findPackages(join(testdata, place));
  expect(notes).toEqual([]);
  return packages;
};

test.each(['requirements', 'poetry', 'pipenv', 'uv', 'pdm', 'pylock'])(
  '%s: what Flask brings, apart from what is for development',
  async (form) => {
    const packages = await idsBelow(form);
    const shipped = packages.filter(({ development }) => !development);
    expect(idsOf(shipped).map((id) => id.toLowerCase())).toEqual(expect.arrayContaining(flask));
    expect(shipped.map(({ name }) => name)).not.toContain('requests');
  },
);

test.each(['poetry', 'uv', 'pdm', 'pylock'])('%s says what brings a package in', async (form) => {
  const packages = await idsBelow(form);
  const asked = packages.find(({ name }) => name === 'flask')?.dependencies.map(({ name }) => name);
  expect(asked).toEqual(expect.arrayContaining(['blinker', 'click', 'itsdangerous', 'jinja2', 'werkzeug']));
});

test('what pip installs into a folder is what pip lists there', async () => {
  const place = join(folder, 'installed');
  const listed = installWithPip(place, ['setuptools', 'pip']);
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  const own = packages.filter(({ evidence }) => evidence.some(({ path }) => !path.includes('/_vendor/')));
  expect(idsOf(own.filter(({ evidence }) => evidence.some(({ by }) => by === 'installed')))).toEqual(
    listed.map(({ name, version }) => `${name}@${version}`).sort(),
  );
});

test('eggs, and what says a version and nothing else', async () => {
  const place = join(folder, 'eggs');
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), content);
  };
  write('a-1.0-py3.11.egg-info', 'Metadata-Version: 1.0\nName: a\nVersion: 1.0\n');
  write('b.egg-info/PKG-INFO', 'Metadata-Version: 2.1\r\nName: B_b\r\nVersion: 2.0\r\n\r\nVersion: 9\r\n');
  write('c.egg/EGG-INFO/PKG-INFO', 'Name: c\nVersion: 3\nRequires-Dist: d[x]>=1; python_version > "3"\n');
  write(
    'requirements-dev.txt',
    '# f==1\ne==1.0 \\\n    --hash=sha256:00\nf>=1\n-r g==1\nh[x] == 2.0 ; python_version > "3"\ni==1.*\n',
  );
  const { packages, notes } = await findPackages(place);
  expect([idsOf(packages), notes]).toEqual([['B_b@2.0', 'a@1.0', 'c@3', 'e@1.0', 'h@2.0'], []]);
  expect(packages.find(({ name }) => name === 'c')?.dependencies).toEqual([{ name: 'd' }]);
  expect(packages.find(({ name }) => name === 'e')?.development).toBe(true);
});

test.each([
  ['Pipfile.lock', '{'],
  ['poetry.lock', '[[package'],
  ['uv.lock', 'a = 1\na = 2'],
  ['a-1.dist-info/METADATA', 'nothing'],
])('%s that is none is told, and hides nothing', async (name, content) => {
  const place = mkdtempSync(join(folder, 'broken-'));
  mkdirSync(dirname(join(place, name)), { recursive: true });
  writeFileSync(join(place, name), content);
  writeFileSync(join(place, 'requirements.txt'), 'kept==1.0\n');
  const { packages, notes } = await findPackages(place);
  expect(idsOf(packages)).toEqual(['kept@1.0']);
  expect(notes).toEqual([expect.stringContaining(`${name} cannot be read: `)]);
});
