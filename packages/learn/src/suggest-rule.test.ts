import type { ModelEntry, ModelKind } from '@ringfence/audit';
import type { FunctionIdentity } from '@ringfence/policy';
import { compilePolicy, parsePolicyYaml } from '@ringfence/policy';
import { matchRule, Policy, RuntimeRule } from '@ringfence/policy/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSuggestion } from './add-suggestion.ts';
import { allowsEntry } from './allows-entry.ts';
import { formatSuggestion } from './format-suggestion.ts';
import { suggestRule } from './suggest-rule.ts';

const identity: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'pay-convert',
  runtime: 'nodejs20.x',
  arch: 'x86_64',
};

const use = (kind: ModelKind, value: string, more: Partial<ModelEntry> = {}): ModelEntry => ({
  kind,
  value,
  count: 1,
  first: 1_790_000_000_000,
  last: 1_790_000_060_000,
  ...more,
});
const many = (kind: ModelKind, values: string[], more: Partial<ModelEntry> = {}) =>
  values.map((value) => use(kind, value, more));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const suggest = (entries: ModelEntry[], base?: object) =>
  suggestRule(entries, identity, base && RuntimeRule.parse({ name: 'base', ...base })).rule;

const anyName = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !/[/]|^\.{1,2}$/.test(name)),
  fc.constantFrom(
    'lib',
    'a',
    'b',
    'tmpq8xk2j1p',
    '*',
    '**',
    'x y',
    '4f3a2b1c9d',
    '12345',
    'ü\u0001',
    'a'.repeat(120),
  ),
);
const anyPath = fc
  .tuple(
    fc.constantFrom('', '', '/tmp', '/proc/77', '/usr/lib', '/etc', '${task}', '${tmp}', '${runtime}'),
    fc.array(anyName, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '', '/', '/*', '/**'),
  )
  .map(([folder, names, end]) => `${folder}/${names.join('/')}${end}`);
const anyProcessPath = anyPath.filter((path) => path.startsWith('/') && !path.endsWith('/'));
const anyDomain = fc
  .array(fc.constantFrom('a', 'db-1', 'example', 'com', '_sip', 'x9', 'internal'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((labels) => labels.join('.'));
const anyPort = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
const ofKind = (kind: ModelKind, value: fc.Arbitrary<string>, port: fc.Arbitrary<number | undefined>) =>
  fc
    .tuple(value, port, fc.nat(1000))
    .map(([text, number, count]) =>
      use(kind, text, { count, ...(number === undefined ? {} : { port: number }) }),
    );
const none = fc.constant(undefined);
const anyArguments = fc.option(
  fc
    .tuple(
      fc.array(
        fc.string({ maxLength: 9 }).filter((text) => text !== '**'),
        { maxLength: 4 },
      ),
      fc.boolean(),
    )
    .map(([words, further]) => (further ? [...words, '**'] : words)),
  { nil: undefined },
);
const anyEntry = fc.oneof(
  fc
    .tuple(ofKind('process', anyProcessPath, none), anyArguments)
    .map(([entry, words]) => (words === undefined ? entry : { ...entry, arguments: words })),
  ofKind('read', anyPath, none),
  ofKind('write', anyPath, none),
  ofKind('execute', anyPath, none),
  ofKind('domain', anyDomain, anyPort),
  ofKind('lookup', anyDomain, none),
  ofKind(
    'address',
    fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::7', '::1', 'fe80::1', '169.254.169.254')),
    anyPort,
  ),
  ofKind('listen', fc.constantFrom('tcp', 'udp'), anyPort),
  ofKind(
    'unix',
    fc
      .oneof(fc.constantFrom('@bus', '@a/b', '@\u0000x', '/run/x.sock'), anyProcessPath)
      .filter((path) => path.length < 40),
    none,
  ),
);
const refused = (rule: RuntimeRule, entries: ModelEntry[]) =>
  entries.filter((entry) => !allowsEntry(rule, entry));

test('whatever was used, the rule allows all of it, and a Defender takes the rule', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
      const suggestion = suggestRule(entries, identity);
      expect(refused(suggestion.rule, entries)).toEqual([]);
      const { collection, rule } = suggestion;
      const policy = addSuggestion(Policy.parse({ version: 1 }), { collection, rule }, identity);
      expect(Policy.parse(policy)).toEqual(policy);
      expect(compilePolicy({ policy, identity, revision: 1, issuedAt: 0 }).length).toBeLessThan(65_536);
      expect(parsePolicyYaml(formatSuggestion(suggestion), 'x')).toMatchObject({ ok: true, policy });
    }),
    { numRuns: 200, examples: [[many('unix', ['@bus', '/**'])]] },
  );
});

test('more than a rule can hold is put together until it fits', () => {
  const entries = [
    ...numbers(2000).map((n) => use('read', `/data-${n}/${'long'.repeat(60)}/${n % 3}`)),
    ...numbers(900).map((n) => use('process', `/opt/tools-${n}/bin/run`)),
    ...numbers(900).map((n) => use('domain', `a${n}.b${n % 300}.example.com`, { port: 443 })),
    ...numbers(400).map((n) => use('domain', `db.internal`, { port: 1000 + n })),
    ...numbers(900).map((n) => use('address', `198.${n % 200}.${n % 7}.${n % 250}`, { port: 5432 })),
    ...numbers(400).map((n) => use('listen', 'tcp', { port: 2000 + n })),
    ...numbers(600).map((n) => use('unix', `@socket-${n}`)),
  ];
  const rule = suggest(entries);
  expect(refused(rule, entries)).toEqual([]);
});

test('one function that does one thing gets just that', () => {
  const rule = suggest([
    use('process', '/usr/bin/gs', { arguments: ['-q', '-sOutputFile=/tmp/k3x9.pdf', '-'] }),
    use('process', '/usr/bin/gs', { arguments: ['-q', '-sOutputFile=/tmp/zz.pdf', '-'] }),
    use('domain', 'bucket.s3.eu-west-1.amazonaws.com', { port: 443 }),
    use('lookup', 'bucket.s3.eu-west-1.amazonaws.com'),
    use('lookup', '_mongodb._tcp.cluster.example.com'),
    use('address', '127.0.0.1', { port: 9001 }),
    use('address', '10.1.2.3', { port: 5432 }),
    use('unix', '/run/nscd/socket'),
    use('listen', 'tcp', { port: 8080 }),
    use('listen', 'tcp', { port: 40_123 }),
    use('read', '${task}/index.mjs'),
    use('read', '/etc/hosts'),
    use('read', '/proc/8123/meminfo'),
    use('write', '${tmp}/page-1.png'),
    use('write', '/dev/null'),
    use('execute', '/usr/lib/x86_64-linux-gnu/libc.so.6'),
    use('execute', '/usr/bin/gs'),
  ]);
  expect(rule).toMatchObject({
    name: 'pay-convert in eu-west-1: learned',
    collections: ['pay-convert in eu-west-1'],
    process: {
      effect: 'prevent',
      allow: [{ path: '/usr/bin/gs', arguments: ['-q', '-sOutputFile=/tmp/*', '-'] }],
    },
    network: {
      effect: 'prevent',
      listen: [0, 8080],
      outbound: [
        '10.1.2.3:5432',
        '_mongodb._tcp.cluster.example.com:53',
        'bucket.s3.eu-west-1.amazonaws.com:443',
      ],
      unix: ['/run/nscd/socket'],
      metadata: 'deny',
    },
    files: {
      effect: 'prevent',
      read: ['${task}/**', '/etc/hosts', '/proc/**'],
      write: ['${tmp}/*'],
      execute: ['/usr/bin/gs', '/usr/lib/**'],
      denyExecute: ['${tmp}/**', '/dev/shm/**'],
    },
  });
  for (const [kind, value, port] of [
    ['process', '/usr/bin/dash'],
    ['domain', 'evil.example', 443],
    ['domain', 'bucket.s3.eu-west-1.amazonaws.com', 80],
    ['domain', '_mongodb._tcp.cluster.example.com', 443],
    ['address', '10.1.2.4', 5432],
    ['unix', '/run/docker.sock'],
    ['listen', 'tcp', 8081],
    ['read', '/etc/passwd'],
    ['write', '${task}/index.mjs'],
    ['execute', '${tmp}/dropped'],
  ] as const)
    expect(allowsEntry(rule, use(kind, value, port === undefined ? {} : { port }))).toBe(false);
});

test.each<[string, ModelEntry[], string[]]>([
  [
    'few files are listed',
    many(
      'write',
      numbers(8).map((n) => `/data/f${n}x`),
    ),
    numbers(8).map((n) => `/data/f${n}x`),
  ],
  [
    'many files of a folder',
    many(
      'write',
      numbers(9).map((n) => `/data/f${n}x`),
    ),
    ['/data/*'],
  ],
  [
    'many folders',
    many(
      'write',
      numbers(9).map((n) => `/data/d${n}x/*`),
    ),
    ['/data/**'],
  ],
  [
    'names that look random',
    many('write', ['/data/tmpq8xk2j1p.log', '/data/4f3a2b1c9d.log']),
    ['/data/*.log'],
  ],
  ['an UUID', [use('write', '/data/in-0b5e8e3c-58a5-4a8e-9d35-1c5c7d7b9c11/page')], ['/data/in-*/page']],
  [
    'words',
    many('write', ['/data/TokenServiceImpl.class', '/data/sha256sum']),
    ['/data/TokenServiceImpl.class', '/data/sha256sum'],
  ],
  ['the temporary folder', many('write', ['${tmp}/a', '${tmp}/b/c']), ['${tmp}/**']],
  ['process ids', [use('write', '/proc/4711/oom_score_adj')], ['/proc/*/oom_score_adj']],
  ['a folder itself', [use('write', '/data/')], ['/data/*']],
])('%s', (_, entries, patterns) => {
  expect(suggest(entries).files?.write).toEqual(patterns);
});

test('what was not learned stays as the present rule says, and denials stay that nothing was used against', () => {
  const base = {
    onError: 'open',
    process: { effect: 'alert', allow: ['/usr/bin/true'] },
    network: { effect: 'learn', outbound: ['*'] },
    files: {
      effect: 'learn',
      denyRead: ['/etc/shadow', '/etc/ssl/private/**'],
      denyExecute: ['${tmp}/**', '/dev/shm/**'],
    },
    secrets: ['DB_PASSWORD'],
    learn: { invocations: 5 },
  };
  const entries = [use('read', '/etc/ssl/private/key.pem'), use('execute', '${tmp}/native/lib.so')];
  const rule = suggest(entries, base);
  expect(rule).toMatchObject({
    onError: 'open',
    process: { effect: 'alert', allow: ['/usr/bin/true'] },
    network: { effect: 'prevent', outbound: [], listen: [] },
    files: {
      effect: 'prevent',
      read: ['/etc/ssl/private/key.pem'],
      denyRead: ['/etc/shadow'],
      denyExecute: ['/dev/shm/**'],
    },
    secrets: ['DB_PASSWORD'],
  });
  expect(rule.learn).toBeUndefined();
  expect(refused(rule, entries)).toEqual([]);
});

test('a metadata endpoint that was used is allowed by its setting', () => {
  expect(suggest([use('address', '169.254.169.254', { port: 80 })]).network?.metadata).toBe('allow');
});

test('YAML says of each entry how often it was used, and when', () => {
  const suggestion = suggestRule(
    [
      use('process', '/usr/bin/sort', { count: 12, last: 1_790_090_000_000 }),
      use('process', '/usr/bin/gs', { arguments: ['-q'] }),
      use('listen', 'tcp', { port: 8080, count: 3 }),
    ],
    identity,
  );
  const yaml = formatSuggestion(suggestion);
  expect(yaml).toContain('- /usr/bin/sort # 12 times, 2026-09-21 14:13 to 2026-09-22 15:13');
  expect(yaml).toMatch(
    /# once, 2026-09-21 14:13 to 2026-09-21 14:14\n\s+- \{ path: \/usr\/bin\/gs, arguments: \[ -q \] \}\n/,
  );
  expect(yaml).toContain('- 8080 # 3 times');
});

test('the rule goes above the one that decided so far, and replaces an earlier suggestion', () => {
  const policy = Policy.parse({
    version: 1,
    collections: [{ name: 'others', functions: ['other'] }],
    runtime: {
      rules: [
        { name: 'others', collections: ['others'] },
        { name: 'learning', process: { effect: 'learn' } },
      ],
    },
  });
  const names = (one: Policy) => one.runtime.rules.map(({ name }) => name);
  const first = addSuggestion(policy, suggestRule([], identity), identity);
  expect(names(first)).toEqual(['others', 'pay-convert in eu-west-1: learned', 'learning']);
  const newer = suggestRule([use('process', '/usr/bin/gs')], identity);
  const second = addSuggestion(first, newer, identity);
  expect(names(second)).toEqual(names(first));
  expect(matchRule(second, identity)?.rule.process.allow).toEqual(['/usr/bin/gs']);
  expect(Policy.parse(second)).toEqual(second);
});
