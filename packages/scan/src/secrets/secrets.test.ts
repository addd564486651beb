import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { findIn } from '../testing/find-in.ts';
import { secrets } from './secrets.ts';

const letters = (count: number) => 'aZ09bY18cX27dW36eV45'.repeat(100).slice(0, count);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Put together here, so that nobody takes this file for one with secrets. One text that fires, one that doesn't. */
const cases: [rule: string, fires: string, silent: string][] = [
  [
    'secret/aws-key',
    `const c = { aws_secret_access_key: "${letters(40)}" }`,
    'aws_secret_access_key = process.env.AWS_SECRET_ACCESS_KEY',
  ],
  ['secret/private-key', privateKey, '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
  ['secret/github-token', `token: gh${'p'}_${letters(36)}`, 'token: ghp_YOUR_TOKEN'],
  ['secret/github-token', `github${'_pat'}_${letters(82)}`, 'github_pat_11'],
  ['secret/npm-token', `npm${'_'}${letters(36)}`, 'npm_config_registry'],
  ['secret/slack-token', `xox${'b'}-1234567890-${letters(24)}`, 'xoxb tokens begin so'],
  [
    'secret/slack-webhook',
    `https://hooks.slack${'.com'}/services/T${letters(8)}/B${letters(8)}/${letters(24)}`,
    'https://hooks.slack.com/services/...',
  ],
  ['secret/sendgrid-key', `S${'G'}.${letters(22)}.${letters(43)}`, 'MSG.length.toString'],
  ['secret/shopify-token', `shp${'at'}_${letters(32)}`, 'shpat_'],
  ['secret/openai-key', `s${'k'}-${letters(20)}T3BlbkFJ${letters(20)}`, 'sk-test, risk-averse'],
  ['secret/anthropic-key', `s${'k'}-ant-api03-${letters(93)}AA`, 'sk-ant-...'],
  ['secret/linear-token', `lin${'_api'}_${letters(40)}`, 'lin_api_key'],
  ['secret/url-password', 'https://deploy:h7Gq-2@git.corp.io/a', 'https://user:password@git.corp.io/a'],
  ['secret/url-password', 'ftp://deploy:h7Gq2@files.corp.io/a', 'https://deploy:h7Gq2@files.example.com/a'],
  [
    'secret/database-url',
    'postgres://app:h7Gq2@db.corp.io:5432/shop',
    'postgres://app:h7Gq2@localhost:5432/shop postgres://app:${PASSWORD}@db.corp.io/shop',
  ],
  ['secret/database-url', 'mysql://app:h7Gq2@db.corp.io/shop', 'mysql://app:<password>@db.corp.io/shop'],
  ['secret/database-url', 'mongodb+srv://app:h7Gq2@db.corp.io/shop', 'mongodb://db.corp.io/shop'],
];

test.each(cases)('%s: %s, and not %s', async (rule, fires, silent) => {
  const rulesIn = async (content: string) =>
    (
      await findIn(secrets, [{ name: 'settings.js', content: `// ${'-'.repeat(20)}\n${content}\n` }])
    ).findings.map((finding) => finding.rule);
  expect(await rulesIn(fires)).toEqual([rule]);
  expect(await rulesIn(silent)).toEqual([]);
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

test('a file that secretlint would open by its path is not given to it', async () => {
  const parts = [{ name: 'etc/ssl/a.p12', content: `npm${'_'}${letters(36)}` }];
  expect((await findIn(secrets, parts)).findings).toEqual([]);
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
