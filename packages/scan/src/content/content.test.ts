import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findIn } from '../testing/find-in.ts';
import type { ZipPart } from '../testing/make-zip.ts';
import { content } from './content.ts';
import { type ContentRule, contentRules } from './content-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-content-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A library that a real compiler makes. */
function build(name: string, compiler: string, ...flags: string[]): Buffer {
  writeFileSync(join(folder, 'a.c'), 'int a(void) { return 1; }');
  const path = join(folder, name);
  execFileSync(compiler, ['-shared', '-fPIC', '-o', path, join(folder, 'a.c'), ...flags]);
  return readFileSync(path);
}

const cross: [string, string] =
  process.arch === 'arm64' ? ['gcc', 'x86_64-linux-gnu-gcc'] : ['aarch64-linux-gnu-gcc', 'gcc'];
const [arm64, x64] = cross.map((compiler) => build(`${compiler}.node`, compiler)) as [Buffer, Buffer];
const helper = build('libhelper.so.1', 'gcc', '-Wl,-soname,libhelper.so.1');
const needy = build('needy.node', 'gcc', '-Wl,--no-as-needed', join(folder, 'libhelper.so.1'));
const musl = build('musl.node', 'musl-gcc', '-nostartfiles', '-Wl,--no-as-needed,-soname,x', '-lc');

function mach(): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(0xfeedfacf);
  bytes.writeUInt32LE(0x0100000c, 4);
  return bytes;
}
function windows(): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.write('MZ');
  bytes.writeUInt32LE(128, 0x3c);
  bytes.write('PE\0\0', 128, 'latin1');
  bytes.writeUInt16LE(0x8664, 132);
  return bytes;
}

const manifest = (path: string, name: string) => ({
  name: `${path}/package.json`,
  content: JSON.stringify({ name, version: '1.0.0' }),
});
const index = { name: 'index.js', content: "require('./a.node')" };
const large = Buffer.alloc(2 * 1_048_576, 'x');
const lock = (development: boolean): ZipPart => ({
  name: 'package-lock.json',
  content: JSON.stringify({
    lockfileVersion: 3,
    packages: { '': {}, 'node_modules/d': { version: '1.0.0', ...(development && { dev: true }) } },
  }),
});

/** One package in which each rule fires, and one next to it in which none does. */
const cases: [ContentRule, ZipPart[], ZipPart[]][] = [
  ['content/set-user-id', [{ name: 'a', mode: 0o104755 }], [{ name: 'a', mode: 0o100755 }]],
  ['content/world-writable', [{ name: 'a', mode: 0o100666 }], [{ name: 'a', mode: 0o100664 }]],
  // Made on Windows, a zip has no permission bits.
  ['content/unreadable', [{ name: 'a', mode: 0o100600 }], [{ name: 'a', mode: 0 }]],
  [
    'content/link-outside',
    [{ name: 'lib/a', content: '../../etc/passwd', mode: 0o120777 }],
    [
      { name: 'lib/a', content: '../b', mode: 0o120777 },
      { name: 'c', content: '/opt/lib/d', mode: 0o120777 },
      { name: 'b' },
    ],
  ],
  [
    'content/link-to-nothing',
    [{ name: 'a', content: 'b', mode: 0o120777 }],
    [{ name: 'a', content: './lib/', mode: 0o120777 }, { name: 'lib/b' }],
  ],
  [
    'content/foreign-binary',
    [index, { name: 'a.node', content: mach() }],
    [index, { name: 'a.node', content: x64 }],
  ],
  [
    'content/foreign-binary',
    [index, { name: 'a.node', content: windows() }],
    [{ name: 'a.dll', content: windows() }],
  ],
  [
    'content/foreign-binary',
    [index, { name: 'a.node', content: arm64 }, { name: 'lib/a.node', content: x64 }],
    [index, { name: 'a.node', content: arm64 }],
  ],
  ['content/foreign-binary', [index, { name: 'a.node', content: musl }], [index]],
  [
    'content/missing-library',
    [index, { name: 'a.node', content: needy }],
    [index, { name: 'a.node', content: needy }, { name: 'lib/libhelper.so.1', content: helper }],
  ],
  [
    'content/unreferenced-binary',
    [
      { ...manifest('node_modules/d', 'd') },
      { name: 'node_modules/d/build/left-over.node', content: x64 },
      { name: 'index.js', content: "'left-over'" },
    ],
    [
      { ...manifest('node_modules/d', 'd') },
      { name: 'node_modules/d/build/loaded.node', content: x64 },
      { name: 'node_modules/d/index.js', content: "module.exports = require('bindings')('d')" },
    ],
  ],
  [
    'content/too-large',
    [{ name: 'a', content: '', claims: 251 * 1_048_576 }],
    [{ name: 'a', content: '', claims: 249 * 1_048_576 }],
  ],
  ['content/history', [{ name: 'app/.git/HEAD', content: 'ref: x' }], [{ name: '.gitignore', content: 'x' }]],
  [
    'content/settings-file',
    [{ name: '.env.production', content: 'A=1' }],
    [
      { name: '.env.example', content: 'A=' },
      { name: 'node_modules/d/.env', content: 'A=1' },
      { name: '.npmrc', content: 'save-exact=true\n# _password=x\n' },
    ],
  ],
  [
    'content/settings-file',
    [{ name: '.npmrc', content: '//x.test/:_password=eA==\n' }],
    [{ name: '.netrc', content: '' }],
  ],
  [
    'content/development-package',
    [manifest('node_modules/d', 'd'), lock(true)],
    [manifest('node_modules/d', 'd'), lock(false)],
  ],
  [
    'content/duplicate-package',
    [
      manifest('node_modules/d', 'd'),
      manifest('node_modules/e/node_modules/d', 'd'),
      { name: 'node_modules/e/node_modules/d/index.js', content: large },
    ],
    [manifest('node_modules/d', 'd'), { name: 'node_modules/d/index.js', content: large }],
  ],
  [
    'content/dead-weight',
    [{ name: 'dist/index.js.map', content: large }],
    [
      { name: 'dist/index.js', content: large },
      { name: 'tests/data', content: large },
    ],
  ],
];

test.each(cases)('%s fires where it should, and not beside', async (rule, wrong, right) => {
  const rulesIn = async (parts: ZipPart[]) =>
    (await findIn(content, parts)).findings.map((finding) => finding.rule);
  expect(await rulesIn(wrong)).toEqual([rule]);
  expect(await rulesIn(right)).toEqual([]);
});

test('each rule has a case', () => {
  const tested = new Set<string>(cases.map(([rule]) => rule));
  // A zip of more than 50 MB is not made for a test.
  expect(Object.keys(contentRules).filter((rule) => !tested.has(rule))).toEqual(['content/large-upload']);
});

test('the documentation has each rule with its severity', () => {
  const page = readFileSync(new URL('../../../../docs/scan/secrets-and-content.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (content\/\S+) \| (\w+) \|/gm)].map(([, rule, severity]) => [
    rule,
    severity,
  ]);
  expect(rows).toEqual(Object.entries(contentRules).map(([rule, { severity }]) => [rule, severity]));
});

test('native code that is cut off or damaged is no native code, and no error', async () => {
  for (const whole of [needy, mach(), windows()])
    for (let length = 0; length < Math.min(whole.length, 1500); length += 7) {
      const parts = [{ name: 'a.so', content: whole.subarray(0, length) }];
      const { findings } = await findIn(content, parts);
      expect(findings.every(({ kind }) => kind === 'content')).toBe(true);
    }
});

test('what is wrong is said with the file and what to do', async () => {
  const parts = [index, { name: 'a.node', content: needy }];
  const { findings } = await findIn(content, parts);
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      message: "a.node needs libhelper.so.1, which is neither in the package nor in Lambda's runtimes.",
      locations: [{ path: 'a.node' }],
    },
  ]);
});
