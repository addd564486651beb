import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findIn } from '../testing/find-in.ts';
import { secrets } from './secrets.ts';

const letters = (count: number) => 'aZ09bY18cX27dW36eV45'.repeat(100).slice(0, count);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The table of the documentation: no token is written there or here, so that nobody takes the files for ones with secrets. */
const page = readFileSync(new URL('../../../../docs/scan/secrets-and-content.md', import.meta.url), 'utf8');
const expand = (text: string) =>
  text
    .replaceAll('\\n', '\n')
    .replaceAll('‹private key›', privateKey)
    .replace(/‹(\d+)›/g, (_, count) => letters(Number(count)));
const cases = [...page.matchAll(/^\| (secret\/\S+) \| (\w+) \| `(.*?)` \| `(.*?)` \|$/gm)].map(
  ([, rule, severity, fires, silent]) => [rule, severity, fires, silent] as [string, string, string, string],
);

test.each(cases)('%s, %s: %s, and not %s', async (rule, severity, fires, silent) => {
  const find = async (text: string) => {
    const content = `// ${'-'.repeat(20)}\n${expand(text)}\n`;
    return (await findIn(secrets, [{ name: 'settings.js', content }])).findings;
  };
  expect(await find(fires)).toMatchObject([{ rule, severity }]);
  expect(await find(silent)).toEqual([]);
});

test('the report tells where, and not what', async () => {
  const token = `gh${'p'}_${letters(36)}`;
  const { findings } = await findIn(secrets, [
    { name: 'lib/a.js', content: `// ü\nconst token = '${token}';` },
  ]);
  expect(findings).toMatchObject([
    {
      severity: 'high',
      message: 'A token of GitHub is in lib/a.js: ghp_… (40 characters).',
      locations: [{ path: 'lib/a.js', line: 2, column: 16 }],
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain(token.slice(5));
});

test("dependencies' own documents and tests are left out, and what they run is not", async () => {
  const content = `token = 'gh${'p'}_${letters(36)}'`;
  const paths = ['node_modules/a/README.md', 'node_modules/a/test/b.js', 'python/site-packages/a/tests/b.py'];
  const found = ['node_modules/a/index.js', 'test/b.js', 'README.md'];
  const { findings } = await findIn(
    secrets,
    [...paths, ...found].map((name) => ({ name, content })),
  );
  expect(findings.flatMap(({ locations }) => locations.map(({ path }) => path))).toEqual(found);
});

test('so are those of Python packages beside the function, as pip --target lays them', async () => {
  const content = `token = 'gh${'p'}_${letters(36)}'`;
  const { findings } = await findIn(secrets, [
    { name: 'A_b-1.0.dist-info/METADATA', content: 'Name: A.b\nVersion: 1.0\n' },
    ...['a_b/examples/c.rst', 'a_b/c.py', 'own/examples/c.rst', 'examples/c.rst'].map((name) => ({
      name,
      content,
    })),
  ]);
  const paths = findings.flatMap(({ locations }) => locations.map(({ path }) => path));
  expect(paths).toEqual(['a_b/c.py', 'own/examples/c.rst', 'examples/c.rst']);
});

test('a comment in the package does not silence what is in it', async () => {
  const content = `// secretlint-disable\ntoken = 'gh${'p'}_${letters(36)}'`;
  expect((await findIn(secrets, [{ name: 'a.js', content }])).findings).toHaveLength(1);
});

test.each([
  ['.npmrc', `//x.test/:_auth${'Token'}=${letters(30)}`, 'secret/npm-token'],
  [
    'key.json',
    JSON.stringify({ private_key_id: 'x', private_key: `-----BEGIN ${'PRIVATE'} KEY-----x` }),
    'secret/gcp-key',
  ],
])('what is a secret in a file of that name: %s', async (name, content, rule) => {
  const rulesIn = async (name: string) =>
    (await findIn(secrets, [{ name, content }])).findings.map((finding) => finding.rule);
  expect(await rulesIn(name)).toEqual([rule]);
  expect(await rulesIn('other.txt')).toEqual([]);
});

test("what decodes to an account's JSON", async () => {
  const account = JSON.stringify({ secretKey: 'x'.repeat(99) });
  const content = `ops${'_'}${Buffer.from(account).toString('base64')}`;
  const { findings } = await findIn(secrets, [{ name: 'a.js', content }]);
  expect(findings).toMatchObject([{ rule: 'secret/1password-token', severity: 'critical' }]);
});

test('a file that secretlint would open by its path is not given to it', async () => {
  const parts = [{ name: 'etc/ssl/a.p12', content: `npm${'_'}${letters(36)}` }];
  expect((await findIn(secrets, parts)).findings).toEqual([]);
});

test('a file that cannot be read is told: it may hold one', async () => {
  const { findings, notes } = await findIn(secrets, [
    { name: 'settings.yaml', content: 'a: b', claims: 400 },
  ]);
  expect(findings).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('settings.yaml cannot be unpacked')]);
});

test('texts that are made to tire a search are read, and the report stays short', async () => {
  const repeat = (text: string) => text.repeat(Math.floor(4_000_000 / text.length));
  const token = `gh${'p'}_${letters(36)}\n`;
  const parts = [
    ...['xoxb-', 'https://a:', '-----BEGIN PRIVATE KEY-----', 'mongodb://a:b', 'SG.a', '://:@'].map(
      (text, index) => ({
        name: `${index}.txt`,
        content: repeat(text),
      }),
    ),
    { name: 'many.txt', content: repeat(token) },
  ];
  const { findings } = await findIn(secrets, parts);
  expect(findings.filter(({ rule }) => rule === 'secret/github-token')).toHaveLength(10);
}, 60_000);
