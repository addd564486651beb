import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPosture } from '../../posture.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { readConfigCode } from './config-code.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-config-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

function write(files: Record<string, string>): string {
  const folder = join(work, String(++count));
  writeFiles(folder, files);
  return folder;
}

/** What serverless.ts exports. */
async function exportedBy(text: string, others: Record<string, string> = {}) {
  const path = join(write({ 'serverless.ts': text, ...others }), 'serverless.ts');
  return (await readConfigCode(path, dirname(path)))(path);
}

test.each<[string, string, unknown]>([
  ['a default', 'export default { a: 1 } as const;', { a: 1 }],
  [
    'what is declared with a type',
    'const config: AWS = { a: 1 } satisfies AWS; export default config;',
    { a: 1 },
  ],
  ['as TypeScript does for CommonJS', 'const config = { a: 1 };\nexport = config;', { a: 1 }],
  ['as CommonJS does', "module.exports = { a: [1, 'b'] };", { a: [1, 'b'] }],
  ['a function', 'module.exports = async () => { const a = 1; return { a }; };', { a: 1 }],
  [
    'what a function makes of its parameters',
    'const make = ({ a, b = 2 }) => ({ a, b }); export default make({ a: 1 });',
    { a: 1, b: 2 },
  ],
  ['members that are spread', 'const all = { a: 1 }; export default { ...all, b: 2 };', { a: 1, b: 2 }],
  ['items that are spread', 'const all = [1]; export default [...all, 2];', [1, 2]],
  ['texts', "const a = 'x'; export default `${a}-${'y'}` + 'z';", 'x-yz'],
  ['a variable of the framework', "export default { a: '${self:custom.b}' };", { a: '${self:custom.b}' }],
  [
    'the environment, with a default',
    "export default { a: process.env.A, b: process.env.B ?? 'b' };",
    { a: '${env:A}', b: 'b' },
  ],
  [
    'what is asked of the environment at once',
    'const { A } = process.env; export default { a: `x-${A}` };',
    { a: 'x-${env:A}' },
  ],
  ['one of two', "const stage = 'dev'; export default stage === 'prod' ? { a: 1 } : { a: 2 };", { a: 2 }],
  ['what is otherwise, where nobody knows', 'export default process.env.CI ? { a: 1 } : { a: 2 };', { a: 2 }],
  [
    'what a branch returns',
    "const of = (stage) => { if (stage === 'prod') { return 1; } return 2; }; export default { a: of('prod'), b: of('dev') };",
    { a: 1, b: 2 },
  ],
  [
    'lists that are made of others',
    "export default ['a', 'b'].map((name) => ({ name }));",
    [{ name: 'a' }, { name: 'b' }],
  ],
  [
    'objects that are made of entries',
    "export default Object.fromEntries(['a'].map((name) => [name, { handler: `src/${name}.main` }]));",
    { a: { handler: 'src/a.main' } },
  ],
  [
    'what is left of the parameters, and how many there are',
    'const all = (first, ...others) => (others.length === 1 ? others[0] : others); export default { a: all(1, 2), b: all(1, 2, 3) };',
    { a: 2, b: [2, 3] },
  ],
  [
    'one or several',
    "const list = (one) => (Array.isArray(one) ? one : [one]); export default { a: list('x'), b: list(['y']) };",
    { a: ['x'], b: ['y'] },
  ],
  ['paths', "import path from 'node:path'; export default path.join('src', 'a.main');", 'src/a.main'],
  [
    'what other packages make',
    "import { cpus } from 'node:os'; export default { a: cpus() };",
    { a: '${code:os.cpus}' },
  ],
  ['what needs itself', 'const a = { b: a }; export default a;', { b: '${code:a}' }],
])('a configuration exports %s', async (_, text, expected) => {
  expect(await exportedBy(text)).toEqual(expected);
});

test('modules of the project are followed, by their paths and by the names of the compiler', async () => {
  const config = await exportedBy(
    "import { a, b as c } from '@functions/index'; import table from './table.json'; import * as all from './all'; export default { a, c, table, all, d: require('./common').d };",
    {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@functions/*": ["src/functions/*"] } } }',
      'src/functions/index.ts': "export { default as a } from './a';\nexport * from './b';",
      'src/functions/a/index.ts': "export default { handler: 'a.main' };",
      'src/functions/b.ts': 'export const b = 2;',
      'table.json': '{ "Type": "AWS::DynamoDB::Table" }',
      'all.ts': 'export const e = 1; export const f = 2;',
      'common.js': 'exports.c = 3; exports.d = 4;',
    },
  );
  expect(config).toEqual({
    a: { handler: 'a.main' },
    c: 2,
    table: { Type: 'AWS::DynamoDB::Table' },
    all: { e: 1, f: 2 },
    d: 4,
  });
});

test('files outside of the repository are not read', async () => {
  const folder = write({
    'secret.ts': 'export default 1;',
    'app/serverless.ts': "import a from '../secret'; export default { a };",
  });
  const path = join(folder, 'app/serverless.ts');
  expect((await readConfigCode(path, join(folder, 'app')))(path)).toEqual({ a: '${code:../secret}' });
});

const doubled = (first: string, next: (before: string) => string) =>
  [
    `const a0 = ${first};`,
    ...Array.from({ length: 60 }, (_, index) => `const a${index + 1} = ${next(`a${index}`)};`),
    'export default a60;',
  ].join('\n');

test.each([
  ['a bomb of text', doubled("'xxxxxxxxxx'", (before) => `${before} + ${before}`)],
  ['a bomb of lists', doubled('[1, 2]', (before) => `[...${before}, ...${before}]`)],
])('%s is open', async (_, text) => {
  expect(String(await exportedBy(text))).toContain('${code:too.much}');
});

test('what is repeated is one object still, and an error of the service where it makes too much of it', async () => {
  const text = doubled('{ a: 1 }', (before) => `{ a: ${before}, b: ${before} }`);
  const { a, b } = (await exportedBy(text)) as { a: object; b: object };
  expect(a).toBe(b);
  const service = text.replace(
    'export default a60',
    "export default { provider: { name: 'aws' }, custom: a60 }",
  );
  await expect(readPosture(write({ 'serverless.ts': service }))).rejects.toThrow(/more than 500000 values/);
});

test('endless calls come to an end', async () => {
  const calls = (await exportedBy('const f = (n) => ({ a: f(n) }); export default f(1);')) as { a: object };
  expect(JSON.stringify(calls)).toContain('${code:f}');
});

test('what is nested too deeply is told', async () => {
  const text = `export default { provider: { name: 'aws' }, custom: ${'['.repeat(3000)}${']'.repeat(3000)} };`;
  await expect(readPosture(write({ 'serverless.ts': text }))).rejects.toThrow(/serverless.ts/);
});

const project = {
  'src/resolve.ts':
    "export const handlerPath = (context: string) => `${context.split(process.cwd())[1].substring(1).replace(/\\\\/g, '/')}`;",
  'src/list/index.ts':
    "import { handlerPath } from '../resolve';\nexport default {\n  handler: `${handlerPath(__dirname)}/handler.main`,\n  events: [\n    { http: { method: 'get', path: 'orders' } },\n  ],\n};",
};

test('a service that is code is read, and its findings stand where they are written', async () => {
  const folder = write({
    ...project,
    'serverless.ts':
      "import list from './src/list';\nmodule.exports = { service: 'shop', provider: { name: 'aws', runtime: 'nodejs22.x' }, functions: { list } };",
  });
  const { graphs } = await readPosture(folder);
  const list = graphs[0]?.functions.get('ListLambdaFunction');
  expect(list?.resource.properties).toMatchObject({
    Handler: 'src/list/handler.main',
    FunctionName: 'shop-dev-list',
  });
  expect(list?.triggers).toMatchObject([
    { path: '/orders', auth: 'NONE', resource: { place: { file: 'src/list/index.ts', line: 5 } } },
  ]);
});

test('what a helper is given stands where the helper is called', async () => {
  const { graphs } = await readPosture(
    write({
      'iam.ts':
        "export const allow = (actions: string | string[], ...on: unknown[]) => {\n  const Action = [].concat(actions);\n  return { Effect: 'Allow', Action, Resource: on };\n};",
      'serverless.ts': `import { allow } from './iam';
const reading = allow(['s3:GetObject'], '*');
module.exports = {
  provider: { name: 'aws', iam: { role: { statements: [
    reading,
    allow('s3:*', '*'),
  ] } } },
  functions: { list: { handler: 'list.main' } },
};`,
    }),
  );
  const statements = [...(graphs[0]?.roles.values() ?? [])].flatMap((role) => role.statements);
  expect(statements.filter(({ readyMade }) => !readyMade)).toMatchObject([
    { actions: ['s3:GetObject'], actionPlace: { file: 'serverless.ts', line: 2 } },
    { actions: ['s3:*'], place: { line: 6 }, actionPlace: { file: 'serverless.ts', line: 6 } },
  ]);
});

test('variables of YAML lead into code', async () => {
  const folder = write({
    'config.js': "module.exports.tables = () => ({ orders: 'orders-live' });",
    'serverless.yml':
      'service: shop\nprovider: { name: aws }\nfunctions: { a: { handler: a.a, environment: { TABLE: "${file(./config.js):tables.orders}" } } }',
  });
  const { graphs } = await readPosture(folder);
  expect(graphs[0]?.functions.get('ALambdaFunction')?.environment).toEqual({ TABLE: 'orders-live' });
  expect(graphs[0]?.notes).toEqual([]);
});

test('code of which nobody can say what it exports is told', async () => {
  const folder = write({ 'serverless.ts': "import make from 'elsewhere'; export default make();" });
  await expect(readPosture(folder)).rejects.toThrow(
    /serverless.ts is code, which is not run.*run serverless package first/,
  );
});
