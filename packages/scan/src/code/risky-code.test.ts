import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Finding } from '@ringfence/findings';
import { afterAll, expect, test } from 'vitest';
import { openPackage } from '../files/open-package.ts';
import { riskyCode } from './risky-code.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-code-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

async function find(files: Record<string, string>) {
  const folder = join(root, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const opened = await openPackage(folder);
  const found = await riskyCode.find({
    files: opened,
    packages: [],
    database: undefined,
    onProgress: () => {},
  });
  await opened.close();
  return found;
}

const handler = `const { run } = require('./lib/run');\nexports.handler = async (event) => {\n  const name = event.body.name;\n  return run(name);\n};\n`;

test('a finding shows the way from the event to the shell, file by file', async () => {
  const lib = `const cp = require('child_process');\nexports.run = (name) => {\n  const command = 'ls ' + name;\n  return cp.execSync(command);\n};\n`;
  const { findings, notes } = await find({ 'index.js': handler, 'lib/run.js': lib });
  expect(notes).toEqual([]);
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  expect(Finding.parse(finding)).toEqual(finding);
  expect(finding).toMatchObject({
    kind: 'code',
    rule: 'code/command-injection',
    severity: 'critical',
    references: ['CWE-78', 'OWASP SAS-1'],
  });
  expect(finding?.message).toContain('event.body.name gets to child_process.execSync in lib/run.js:4.');
  expect(finding?.locations.map(({ path, line }) => `${path}:${line}`)).toEqual([
    'lib/run.js:4',
    'lib/run.js:3',
    'index.js:3',
    'index.js:2',
  ]);
  expect(finding?.locations[0]?.note).toBe('sink child_process.execSync: return cp.execSync(command);');
  expect(finding?.locations.at(-1)?.note).toBe(
    'source event.body.name: exports.handler = async (event) => {',
  );
});

test.each([
  ['event.url', 1],
  // CloudFormation writes where a custom resource is to answer.
  ['event.ResponseURL', 0],
])('a request to %s is told %i times', async (address, times) => {
  const { findings } = await find({
    'index.js': `exports.handler = async (event) => { await fetch(${address}, { method: 'PUT' }); };`,
  });
  expect(findings).toHaveLength(times);
});

test('what is too much is told once, and a file that is bundled by name', async () => {
  const padding = `// ${'x'.repeat(400_000)}\n`;
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`many/${i}.js`, padding]));
  const { notes } = await find({ ...many, 'bundle.js': padding + padding });
  expect(notes).toEqual([
    'bundle.js was not followed: with 800008 bytes it is too much code, or bundled.',
    'Files of code that were not followed: 2. The package has more than 4194304 bytes of its own.',
  ]);
});

test('a finding keeps its name when lines move', async () => {
  const code = `exports.handler = async (event) => eval(event.code);\n`;
  const [one, other] = await Promise.all([find({ 'a.js': code }), find({ 'a.js': `// moved\n\n${code}` })]);
  expect(one.findings[0]?.id).toBe(other.findings[0]?.id);
});

test('what others have written, tests and what no handler calls is not followed', async () => {
  const code = `exports.handler = (event) => eval(event.code);\n`;
  const python = 'def handler(event, context):\n    eval(event["x"])\n';
  const { findings } = await find({
    'node_modules/a/index.js': code,
    'test/index.js': code,
    'index.test.js': code,
    'unused.js': 'exports.helper = (text) => eval(text);\n',
    'other/main.py': python,
    'other-1.0.dist-info/RECORD': 'other/main.py,sha256=x,10\n',
    'lib/python3.12/site-packages/more/main.py': python,
  });
  expect(findings).toEqual([]);
});

test('code that is broken, too long or nested too deeply is noted, and the rest is followed', async () => {
  const { findings, notes } = await find({
    'broken.js': `exports.handler = (event) => {{{ eval(event.code) ;;; }\nconst = ;`,
    'long.js': `// ${'x'.repeat(600_000)}`,
    'deep.py': `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
    'index.js': `exports.handler = (event) => eval(event.code);\n`,
  });
  expect(findings.map(({ locations }) => locations[0]?.path)).toContain('index.js');
  expect(notes?.toSorted()).toEqual([
    expect.stringContaining('broken.js has code that could not be parsed'),
    expect.stringContaining('deep.py is nested too deeply'),
    expect.stringContaining('long.js was not followed'),
  ]);
});
