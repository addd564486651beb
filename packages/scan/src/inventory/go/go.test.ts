import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPackage } from '../../files/open-package.ts';
import { findPackages, idsOf } from '../../testing/find-packages.ts';
import { buildInfo } from './build-info.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-go-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("TypeScript's compiler, which is a Go program: what `go version -m` says of it", async () => {
  const require = createRequire(import.meta.url);
  const typescript = createRequire(require.resolve('typescript/package.json'));
  const place = dirname(
    typescript.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`),
  );
  const files = await openPackage(place);
  const program = files.files.get('lib/tsc');
  expect(program?.size).toBeGreaterThan(1_000_000);
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  expect(idsOf(packages)).toEqual([
    'github.com/go-json-experiment/json@0.0.0-20260623181947-01eb4420fa68',
    'github.com/klauspost/cpuid/v2@2.2.10',
    'github.com/mackerelio/go-osstat@0.2.7',
    'github.com/zeebo/xxh3@1.1.0',
    'golang.org/x/sync@0.21.0',
    'golang.org/x/sys@0.46.0',
    'golang.org/x/term@0.44.0',
    'golang.org/x/text@0.38.0',
    'stdlib@1.26.4',
  ]);
});

/** A program with this build information. */
function program(version: string, modules: string): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value, 'latin1');
    return Buffer.concat([Buffer.from([(bytes.length & 0x7f) | 0x80, bytes.length >> 7]), bytes]);
  };
  const header = Buffer.alloc(32);
  header.write('\xff Go buildinf:', 'latin1');
  header[14] = 8;
  header[15] = 2;
  const edge = '0'.repeat(16);
  return Buffer.concat([
    Buffer.from('\x7fELF', 'latin1'),
    Buffer.alloc(1020),
    header,
    text(version),
    text(edge + modules + edge),
  ]);
}

const read = async (bytes: Buffer) =>
  buildInfo.read(bytes, 'bootstrap', await openPackage(folder), new Map());

test('replaced modules, release candidates and own code', async () => {
  const modules =
    'path\texample.test/shop\nmod\texample.test/shop\t(devel)\t\n' +
    'dep\texample.test/a\tv1.0.0\n=>\texample.test/fork\tv1.0.1\th1:x=\n' +
    'dep\texample.test/b\tv2.0.0\n=>\t../b\t(devel)\t\ndep\texample.test/c/v3\tv3.0.0+incompatible\th1:y=\n';
  expect(idsOf(await read(program('go1.22rc1 X:nocoverageredesign', modules)))).toEqual([
    'example.test/c/v3@3.0.0+incompatible',
    'example.test/fork@1.0.1',
    'stdlib@1.22.0-rc1',
  ]);
});

test('damaged build information is told, wherever it is cut', async () => {
  const whole = program('go1.22.1', 'dep\texample.test/a\tv1.0.0\n');
  for (let length = whole.length - 1; length > 1024 + 32; length--)
    await expect(read(whole.subarray(0, length))).rejects.toThrow('its build information is damaged');
});

test('a Go program without build information is told; another program is not', async () => {
  const stripped = Buffer.from('\x7fELF\x02\x01\x01'.padEnd(600, '\0') + '.text\0.gopclntab\0', 'latin1');
  await expect(read(stripped)).rejects.toThrow('a Go program without build information');
  expect(await read(stripped.subarray(0, 600))).toEqual([]);
});

test('go.mod: what is asked for, and what that brings', async () => {
  const place = join(folder, 'module');
  mkdirSync(place);
  writeFileSync(
    join(place, 'go.mod'),
    'module example.test/shop\n\ngo 1.21\n\nrequire example.test/a v1.2.3\n\nrequire (\n\texample.test/b/v2 v2.0.0-rc.1 // indirect\n)\n\nexclude example.test/c v1.0.0\n',
  );
  symlinkSync('/etc/passwd', join(place, 'program'));
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  expect(packages.map(({ name, version, direct }) => [name, version, direct]).sort()).toEqual([
    ['example.test/a', '1.2.3', true],
    ['example.test/b/v2', '2.0.0-rc.1', false],
  ]);
});
