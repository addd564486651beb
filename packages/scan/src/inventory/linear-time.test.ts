import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPackages, idsOf } from '../testing/find-packages.ts';
import { makeZip } from '../testing/make-zip.ts';

const many = 200_000;
const map = (source: string) =>
  JSON.stringify({ version: 3, sources: [source, 'node_modules/kept/index.js'] });
const nested = (depth: number) =>
  `{"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`;

// Read in quadratic time, each takes longer than a test may.
test.each([
  ['blank lines in a script', 'index.js', '\n'.repeat(many * 2)],
  ['a long source', 'index.js.map', map('a'.repeat(many))],
  ['versions in a folder of pnpm', 'index.js.map', map(`node_modules/.pnpm/${'a@1'.repeat(many)}/x`)],
  ['a long module in a bundle', 'index.js', `// node_modules/${'a'.repeat(many)}`],
  ['a deep lockfile', 'package-lock.json', nested(many / 2)],
  ['keys of pnpm', 'pnpm-lock.yaml', `packages:\n  ? "a@1.0.0${'('.repeat(many)}\\n"\n  : {}\n`],
  ['blanks in a requirement', 'requirements.txt', `a${' '.repeat(many)}x`],
  [
    'markers of a requirement',
    'a-1.dist-info/METADATA',
    `Name: a\nVersion: 1\nRequires-Dist: a ${';'.repeat(many)}`,
  ],
  ['blocks of go.mod', 'go.mod', 'require (\n'.repeat(many)],
  ['dots in go.mod', 'go.mod', `require a${'.'.repeat(many)}`],
  [
    'blanks in pom.properties',
    'a.jar',
    makeZip([{ name: 'META-INF/maven/g/a/pom.properties', content: `a=1${' '.repeat(many)}x` }]),
  ],
  [
    'blanks in a manifest',
    'a-1.jar',
    makeZip([{ name: 'META-INF/MANIFEST.MF', content: `A: 1${' '.repeat(many)}x` }]),
  ],
])('%s: read in linear time', async (_, name, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-linear-'));
  try {
    writeFileSync(
      join(folder, 'package.zip'),
      makeZip([
        { name, content },
        { name: 'node_modules/kept/package.json', content: '{"name":"kept","version":"1.0.0"}' },
      ]),
    );
    const { packages } = await findPackages(join(folder, 'package.zip'));
    expect(idsOf(packages)).toContain('kept@1.0.0');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a package with many dependencies that is there twice: read in linear time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-linear-'));
  try {
    const required = Array.from({ length: many }, (_, index) => `Requires-Dist: d${index}\n`).join('');
    const parts = ['one', 'two'].map((place) => ({
      name: `${place}/a-1.dist-info/METADATA`,
      content: `Name: a\nVersion: 1\n${required}`,
    }));
    writeFileSync(join(folder, 'package.zip'), makeZip(parts));
    const { packages } = await findPackages(join(folder, 'package.zip'));
    expect(packages.map(({ dependencies }) => dependencies.length)).toEqual([many]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
