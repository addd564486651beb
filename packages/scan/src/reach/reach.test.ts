import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPackage } from '../files/open-package.ts';
import { takeInventory } from '../inventory/take-inventory.ts';
import { findJavaScriptImports, findPythonImports } from './find-imports.ts';
import { findReachable } from './find-reachable.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-reach-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

function write(files: Record<string, string>): string {
  const folder = join(root, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function reach(folder: string, handler?: string) {
  const opened = await openPackage(folder);
  const { packages } = await takeInventory(opened);
  const reached = await findReachable(opened, packages, packages, handler);
  await opened.close();
  return Object.fromEntries(
    [...reached].map(([{ name }, { reachable, imports }]) => [name, imports ?? reachable]),
  );
}

const manifest = (name: string, more: object = {}) => JSON.stringify({ name, version: '1.0.0', ...more });

test('Node: imports are followed through packages, and the chain is told', async () => {
  const folder = write({
    'index.js': `const a = require('a/lib/x');\nexports.handler = async () => import('./late.mjs');`,
    'late.mjs': `import { b } from 'b';\n// import 'never';\n`,
    'node_modules/a/package.json': manifest('a', { dependencies: { c: '1' } }),
    'node_modules/a/lib/x.js': `module.exports = require('c');`,
    'node_modules/a/index.js': `require('unused');`,
    'node_modules/b/package.json': manifest('b', {
      exports: { '.': { types: './b.d.ts', import: './esm.mjs', require: './b.cjs' } },
    }),
    'node_modules/b/esm.mjs': 'export const b = 1;',
    'node_modules/b/b.cjs': '',
    'node_modules/a/node_modules/c/package.json': manifest('c', { main: 'main' }),
    'node_modules/a/node_modules/c/main.js': '',
    'node_modules/unused/package.json': manifest('unused'),
    'node_modules/unused/index.js': '',
    'node_modules/never/package.json': manifest('never'),
    'node_modules/never/index.js': '',
  });
  expect(await reach(folder)).toEqual({
    a: ['index.js', 'node_modules/a/lib/x.js'],
    b: ['index.js', 'late.mjs', 'node_modules/b/esm.mjs'],
    c: ['index.js', 'node_modules/a/lib/x.js', 'node_modules/a/node_modules/c/main.js'],
    unused: 'no',
    never: 'no',
  });
});

test('Node: the handler decides: by option, by a template in the package, or by what it exports', async () => {
  const files = {
    'src/one.js': `require('a'); exports.handler = () => {};`,
    'src/two.js': `require('b'); exports.handler = () => {};`,
    'script.js': `require('c');`,
    ...Object.fromEntries(
      ['a', 'b', 'c'].flatMap((name) => [
        [`node_modules/${name}/package.json`, manifest(name)],
        [`node_modules/${name}/index.js`, ''],
      ]),
    ),
  };
  const a = ['src/one.js', 'node_modules/a/index.js'];
  const b = ['src/two.js', 'node_modules/b/index.js'];
  expect(await reach(write(files), 'src/one.handler')).toEqual({ a, b: 'no', c: 'no' });
  const template = 'Resources:\n  F:\n    Properties: { Handler: src/two.handler, Role: !GetAtt R.Arn }\n';
  expect(await reach(write({ ...files, 'template.yaml': template }))).toEqual({ a: 'no', b, c: 'no' });
  expect(await reach(write(files))).toEqual({ a, b, c: 'no' });
});

test('Node: an import whose name is made when it runs leaves unknown what it may mean', async () => {
  const dependency = (name: string, code: string, dependencies = {}) => ({
    [`node_modules/${name}/package.json`]: manifest(name, { dependencies }),
    [`node_modules/${name}/index.js`]: code,
  });
  const folder = write({
    'index.js': `require('a'); exports.handler = () => {};`,
    ...dependency('a', 'module.exports = (x) => require(x);', { b: '1' }),
    ...dependency('b', '', { c: '1' }),
    ...dependency('c', ''),
    ...dependency('d', ''),
  });
  expect(await reach(folder)).toEqual({
    a: ['index.js', 'node_modules/a/index.js'],
    b: 'unknown',
    c: 'unknown',
    d: 'no',
  });
});

test('Node: the links of pnpm are followed, circles end, and what is only locked is reached by name', async () => {
  const folder = write({
    'index.mjs': `import a from 'a'; import './index.mjs'; import 'locked/sub'; export const handler = () => a;`,
    'node_modules/.pnpm/a@1/node_modules/a/package.json': manifest('a'),
    'node_modules/.pnpm/a@1/node_modules/a/index.js': `require('../a');`,
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/locked': { version: '1.0.0' },
        'node_modules/other': { version: '1.0.0' },
      },
    }),
  });
  symlinkSync('.pnpm/a@1/node_modules/a', join(folder, 'node_modules/a'));
  expect(await reach(folder)).toEqual({
    a: ['index.mjs', 'node_modules/.pnpm/a@1/node_modules/a/index.js'],
    locked: ['index.mjs', 'locked/sub'],
    other: 'unknown',
  });
});

test('Python: modules are found by RECORD, by top_level.txt or by name', async () => {
  const metadata = (name: string) => `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n\n`;
  const folder = write({
    'main.py': 'import json, yaml\nfrom lib import tools\n\ndef handler(event, context):\n    pass\n',
    'lib/__init__.py': '',
    'lib/tools.py': 'from . import more\n',
    'lib/more.py': 'from requests.models import (\n    Response,  # x\n)\n',
    'yaml/__init__.py': '',
    'PyYAML-1.0.dist-info/METADATA': metadata('PyYAML'),
    'PyYAML-1.0.dist-info/RECORD': 'yaml/__init__.py,,\nPyYAML-1.0.dist-info/METADATA,,\n',
    'requests/__init__.py': 'import urllib3\n',
    'requests/models.py': '',
    'requests-1.0.dist-info/METADATA': metadata('requests'),
    'urllib3/__init__.py': '',
    'urllib3-1.0.dist-info/METADATA': metadata('urllib3'),
    'urllib3-1.0.dist-info/top_level.txt': 'urllib3\n',
    'jinja2/__init__.py': '',
    'Jinja2-1.0.dist-info/METADATA': metadata('Jinja2'),
  });
  expect(await reach(folder, 'main.handler')).toEqual({
    PyYAML: ['main.py', 'yaml/__init__.py'],
    requests: ['main.py', 'lib/tools.py', 'lib/more.py', 'requests/__init__.py'],
    urllib3: ['main.py', 'lib/tools.py', 'lib/more.py', 'requests/__init__.py', 'urllib3/__init__.py'],
    Jinja2: 'no',
  });
});

test('imports are read as they are written, and not from comments', () => {
  const text = `import a, { b } from 'a';\nimport'./side';\nexport * from "c";\nconst d = require("d"), e = await import(\`e\`);\n/**\n * const x = require('x')\n */\n// import y from 'y'\n`;
  expect(findJavaScriptImports(text)).toEqual({
    specifiers: ['d', 'e', 'a', './side', 'c'],
    isDynamic: false,
  });
  for (const dynamic of ['require(name)', "require('./' + name)", 'import(`./${name}.js`)'])
    expect(findJavaScriptImports(dynamic).isDynamic, dynamic).toBe(true);
  const python =
    'import a.b as c, d\nfrom .e import (f,\n    g as h)\n    from i import *\nx = "import y"\nimportlib.import_module("z")\n';
  expect(findPythonImports(python)).toEqual({
    specifiers: ['a.b', 'd', '.e', '.e.f', '.e.g', 'i', 'z'],
    isDynamic: false,
  });
  expect(findPythonImports('import_module(name)').isDynamic).toBe(true);
});
