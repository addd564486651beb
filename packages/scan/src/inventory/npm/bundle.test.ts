import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import webpack from 'webpack';
import { findPackages, idsOf } from '../../testing/find-packages.ts';
import { listShipped } from '../is-shipped.ts';

const root = new URL('../../../../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'ringfence-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const require = createRequire(join(root, 'package.json'));
const bundled = ['media-typer', 'mime-db', 'mime-types', 'semver'];
const versionOf = (name: string): string => require(`${name}/package.json`).version;
const expected = bundled.map((name) => `${name}@${versionOf(name)}`);
const code = "module.exports = [require('semver'), require('mime-types'), require('media-typer')]";

/** A folder with a lockfile that has the bundled packages, one that is for development, and one that was not bundled. */
function makeFolder(): string {
  const place = mkdtempSync(join(folder, 'package-'));
  const packages: Record<string, object> = Object.fromEntries(
    bundled.map((name) => [`node_modules/${name}`, { version: versionOf(name) }]),
  );
  packages['node_modules/unbundled'] = { version: '1.0.0' };
  packages['node_modules/for-development'] = { version: '1.0.0', dev: true };
  writeFileSync(join(place, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  return place;
}

async function withEsbuild(options: BuildOptions): Promise<string> {
  const place = makeFolder();
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    outfile: join(place, 'index.js'),
    logLevel: 'silent',
    ...options,
  });
  if (metafile) writeFileSync(join(place, 'meta.json'), JSON.stringify(metafile));
  return place;
}

async function withWebpack(options: webpack.Configuration): Promise<string> {
  const place = makeFolder();
  const entry = join(place, 'entry.txt');
  writeFileSync(entry, code);
  const stats = await promisify<webpack.Configuration, webpack.Stats | undefined>(webpack)({
    mode: 'production',
    context: root,
    entry,
    target: 'node',
    output: { path: place, filename: 'index.js' },
    resolve: { modules: [join(root, 'node_modules')] },
    ...options,
  });
  expect(stats?.hasErrors()).toBe(false);
  return place;
}

/** What a bundle says is in it. */
async function bundledIn(place: string) {
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  return idsOf(packages.filter(({ evidence }) => evidence.some(({ by }) => by === 'bundle')));
}

test.each<[string, BuildOptions]>([
  ['as it comes', {}],
  ['minified, with a source map', { minify: true, sourcemap: true }],
  ['minified, with the source map in it', { minify: true, sourcemap: 'inline' }],
  ['minified, with its metafile', { minify: true, metafile: true }],
])('esbuild, %s: all that is bundled', async (_, options) => {
  expect(await bundledIn(await withEsbuild(options))).toEqual(expected);
});

test('esbuild, minified: what has a legal comment; and what the lockfile names is not left out for that', async () => {
  const place = await withEsbuild({ minify: true });
  expect(await bundledIn(place)).toEqual(expected.filter((id) => !id.startsWith('semver')));
  const shipped = listShipped((await findPackages(place)).packages);
  expect(idsOf(shipped)).toEqual([...expected, 'unbundled@1.0.0']);
});

test.each<[string, webpack.Configuration]>([
  ['for development', { mode: 'development', devtool: false }],
  ['with eval', { mode: 'development', devtool: 'eval' }],
  ['with a source map', { devtool: 'source-map' }],
])('webpack, %s: all that is bundled', async (_, options) => {
  expect(await bundledIn(await withWebpack(options))).toEqual(expected);
});

test("webpack's stats", async () => {
  const place = makeFolder();
  const config = await withWebpack({});
  const compiler = webpack({
    mode: 'production',
    context: root,
    entry: join(config, 'entry.txt'),
    target: 'node',
    output: { path: place, filename: 'index.js' },
    resolve: { modules: [join(root, 'node_modules')] },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  writeFileSync(
    join(place, 'stats.json'),
    JSON.stringify(stats?.toJson({ all: false, modules: true, nestedModules: true })),
  );
  expect(await bundledIn(place)).toEqual(expected);
});

test('versions that legal comments, pnpm, yarn and a package.json among the sources state', async () => {
  const place = mkdtempSync(join(folder, 'stated-'));
  const map = {
    version: 3,
    sources: [
      'webpack://shop/./node_modules/.pnpm/qs@6.5.1/node_modules/qs/lib/index.js',
      '../.yarn/cache/@hapi-hoek-npm-9.0.4-0123456789-abcdef0123.zip/node_modules/@hapi/hoek/lib/index.js',
      '../node_modules/a/node_modules/minimist/package.json',
      '../src/index.js',
    ],
    sourcesContent: [null, null, '{ "name": "minimist", "version": "1.2.5" }', 'x'],
  };
  writeFileSync(join(place, 'index.js.map'), JSON.stringify(map));
  writeFileSync(
    join(place, 'index.js.LICENSE.txt'),
    '/*! jQuery JavaScript Library v3.4.1\n */\n/*! https://mths.be/punycode v1.4.1 by @mathias */\n/** @license React v16.13.1\n * react.production.min.js */\n/*!\n * accepts\n * Copyright 2014 */\n/* lodash v4.0.0 is not said to be here */',
  );
  const { packages, notes } = await findPackages(place);
  expect(notes).toEqual([]);
  expect(idsOf(packages)).toEqual([
    '@hapi/hoek@9.0.4',
    'jquery@3.4.1',
    'minimist@1.2.5',
    'punycode@1.4.1',
    'qs@6.5.1',
    'react@16.13.1',
  ]);
});

test('without a version anywhere a package is noted', async () => {
  const place = await withEsbuild({});
  rmSync(join(place, 'package-lock.json'));
  const { packages, notes } = await findPackages(place);
  expect(packages).toEqual([]);
  expect(notes).toEqual([
    'index.js bundles semver, mime-db, mime-types, media-typer, and nothing tells the version. Scan the project with its lockfile too.',
  ]);
});

test.each([
  ['index.js.map', '{', 1],
  ['index.js.map', '{"sources": 5, "sections": [null]}', 0],
  ['meta.json', '[]', 0],
  ['index.js', '//# sourceMappingURL=data:application/json;base64,e30', 0],
  ['index.js', `/*! ${'a/'.repeat(200_000)}`, 0],
  ['index.js', `//${'node_modules/'.repeat(200_000)}`, 0],
  ['index.js', `"${'../'.repeat(200_000)}"`, 0],
])('odd %s', async (name, content, count) => {
  const place = mkdtempSync(join(folder, 'odd-'));
  mkdirSync(join(place, 'dist'));
  writeFileSync(join(place, 'dist', name), content);
  const { packages, notes } = await findPackages(place);
  expect([packages, notes.length]).toEqual([[], count]);
});

test('code that only speaks of node_modules bundles nothing', async () => {
  const place = mkdtempSync(join(folder, 'own-'));
  const text =
    'const at = "node_modules/semver/index.js"; // see node_modules/semver/ and v1.2.3\n' +
    '/** semver 1.2.3 is used here */ /*! Version 1.2.3 */\n';
  writeFileSync(
    join(place, 'index.js'),
    text + readFileSync(new URL(import.meta.url).pathname, 'utf8').slice(0, 200),
  );
  expect((await findPackages(place)).packages).toEqual([]);
});
