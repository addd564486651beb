import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestSource, readModule } from './read-module.ts';
import { follow, sourcesAt } from './testing/follow.ts';

const exec = (calls: Parameters<typeof sourcesAt>[0]) => sourcesAt(calls, 'child_process.exec');

test.each([
  [
    '.js',
    `#!/usr/bin/env node\n'use strict';\n/* c */ const { exec } = require('child_process');\nmodule.exports.handler = async function handler(event) { label: for (;;) { exec(event.a); break label; } };`,
  ],
  [
    '.mjs',
    `import { exec } from 'node:child_process';\nexport { go as handler };\nconst go = async ({ a, ...rest }) => { for await (const x of gen(a)) exec(x); };\nasync function* gen(a) { yield a; }\nclass A { #p = 1; static { A.x = 1; } get p() { return this.#p; } static async *[Symbol.asyncIterator]() {} }`,
  ],
  [
    '.ts',
    `import { exec } from 'child_process';\nimport type { X } from './x';\ndeclare module 'y' { interface Z { a: string } }\nenum Kind { A = 'a' }\nabstract class Base<T extends object = {}> { constructor(protected readonly run: (c: string) => void) {} abstract go(x: T): void; }\nclass My extends Base<{ a: string }> { go(x: { a: string }): void { this.run(x.a!); exec(x.a as unknown as string satisfies string); } }\nexport const handler = async (event: { a: string }): Promise<void> => { new My(exec).go(event); };`,
  ],
  [
    '.tsx',
    `import { exec } from 'child_process';\nexport const handler = (event: any) => { exec(event.a); return <p title={event.b}>{event.c}</p>; };`,
  ],
])('%s is read as it is written today', async (ending, text) => {
  const module = await readModule(`index${ending}`, text);
  expect(module?.isPartial).toBe(false);
  const { calls } = await follow({ [`index${ending}`]: text }, `index${ending}`);
  expect(exec(calls)).not.toEqual([]);
});

test('Python is read as it is written today', async () => {
  const text = `
import os
from typing import Annotated
type Names[T] = list[T]

class A[T]:
    x: int = 1
    def __init__(self, *, run=os.system, **more): self.run = run

async def handler(event: dict, /, context: Annotated[object, 1] = None) -> None:
    match event:
        case {"a": str(x)} if x:
            print(x)
        case _:
            pass
    try:
        async with A() as a, A() as b:
            os.system(f"{event['a']!r:>{10}} {{}}")
    except* (OSError, ValueError) as error:
        raise RuntimeError("x") from error
    else:
        ...
    print([y async for y in event if (z := y)], {**event}, lambda *a, k=1: a, sep="")
`;
  expect((await readModule('main.py', text))?.isPartial).toBe(false);
  const { calls } = await follow({ 'main.py': text }, 'main.py');
  expect(sourcesAt(calls, 'os.system')).toEqual(['event.a']);
});

test('what stands around an error in the source is read', async () => {
  const text = `const { exec } = require('child_process');\nconst broken = { a: [1, 2 };\nfunction ( {{{\nexports.handler = (event) => { exec(event.a); };`;
  const module = await readModule('index.js', text);
  expect(module?.isPartial).toBe(true);
  expect(JSON.stringify(module?.body)).toContain('exec');
});

test('what is too long, nested too deeply or no source is told apart', async () => {
  await expect(readModule('a.js', ' '.repeat(longestSource + 1))).rejects.toThrow(
    /a\.js is longer than the 2 MB/,
  );
  await expect(readModule('a.py', `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).rejects.toThrow(
    /nested too deeply/,
  );
  expect(await readModule('a.d.ts', 'export const a: string;')).toBeUndefined();
  expect(await readModule('README.md', '# a')).toBeUndefined();
});

test('any text is read without a crash', async () => {
  const words = [
    'exports.handler',
    '=',
    '(',
    ')',
    '{',
    '}',
    'async',
    'event',
    '=>',
    '`${',
    '`',
    '"',
    'class',
    'def',
    ':',
    '\n    ',
    '\n',
    'if',
    'import',
    'from',
    '...',
    'yield',
    'lambda',
    '*',
    '[',
    ']',
    ',',
    '\0',
    '\ud800',
  ];
  const source = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '));
  await fc.assert(
    fc.asyncProperty(source, fc.constantFrom('a.js', 'a.ts', 'a.py'), async (text, path) => {
      expect((await readModule(path, text))?.path).toBe(path);
    }),
    { numRuns: 300 },
  );
});
