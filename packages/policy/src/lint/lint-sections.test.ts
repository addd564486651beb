import { describe, expect, test } from 'vitest';
import { Policy, type PolicyInput } from '../policy-schema.ts';
import { lintPolicy } from './lint-policy.ts';

type Rule = NonNullable<NonNullable<PolicyInput['runtime']>['rules']>[number];

const lint = (sections: Omit<Rule, 'name'>) =>
  lintPolicy(Policy.parse({ version: 1, runtime: { rules: [{ name: 'r', ...sections }] } }));
const codesOf = (sections: Omit<Rule, 'name'>) => lint(sections).map(({ code }) => code);

describe('processes', () => {
  const codes = (...allow: NonNullable<Rule['process']>['allow'] & object) => codesOf({ process: { allow } });

  test('an interpreter with arguments that leave nothing open is no interpreter', () => {
    const path = '/usr/bin/node';
    expect(codes({ path, arguments: ['/var/task/worker.js', '--port=*'] })).toEqual([]);
    expect(codes({ path, arguments: ['-e', '*'] })).toEqual(['allow-interpreter']);
    expect(codes({ path, arguments: ['**'] })).toEqual(['allow-interpreter']);
    expect(codes({ path, parents: ['/usr/bin/node'] })).toEqual(['allow-interpreter']);
  });

  test('an entry with conditions makes none needless that has others', () => {
    const gs = { path: '/usr/bin/gs', arguments: ['-q', '**'] };
    expect(codes('/usr/bin/gs', gs)).toEqual(['entry-twice']);
    expect(codes(gs, gs)).toEqual(['entry-twice']);
    expect(codes(gs, { ...gs, arguments: ['-v'] })).toEqual([]);
  });

  test('a program that sends, where the network does not hold it back', () => {
    const process = { allow: ['/usr/bin/curl'] };
    expect(codesOf({ process })).toEqual(['allow-sender']);
    expect(codesOf({ process, network: { outbound: ['a.example:443'] } })).toEqual([]);
    expect(codesOf({ process, network: { outbound: ['*:443'] } })).toEqual([
      'allow-sender',
      'outbound-anywhere',
    ]);
    expect(codesOf({ process, network: { effect: 'alert', outbound: ['a.example:443'] } })).toEqual([
      'allow-sender',
    ]);
  });

  test('miners that nobody notices', () => {
    expect(codesOf({ process: { miners: 'disable' } })).toEqual(['miners-unwatched']);
    expect(codesOf({ process: { effect: 'disable' } })).toEqual([]);
  });
});

describe('outbound', () => {
  test.each([
    ['api.example.com:443', []],
    ['*.example.com:443', []],
    ['*.internal:5432', []],
    ['redis:6379', []],
    ['10.0.0.0/8:5432', []],
    ['*:443', ['outbound-anywhere']],
    ['0.0.0.0/0:443', ['outbound-anywhere']],
    ['128.0.0.0/1:443', ['outbound-anywhere']],
    ['[::/0]:443', ['outbound-anywhere']],
    ['*.com:443', ['outbound-anywhere']],
    ['api.example.com', ['outbound-any-port']],
    ['192.0.2.7', ['outbound-any-port']],
    ['*.amazonaws.com:443', ['outbound-shared-domain']],
    ['*.s3.eu-west-1.amazonaws.com:443', []],
    ['127.0.0.1:80', ['outbound-needless']],
    ['[::1]:80', ['outbound-needless']],
    ['localhost:80', ['outbound-needless']],
    ['169.254.169.254:80', ['metadata-denied']],
    ['169.254.0.0/16:80', ['metadata-denied']],
    ['[fd00:ec2::254]:80', ['metadata-denied']],
    ['metadata.google.internal:80', ['metadata-denied']],
  ])('%s: %j', (entry, codes) => {
    expect(codesOf({ network: { outbound: [entry] } })).toEqual(codes);
  });

  test.each([
    ['a.example:443', '*.example:443', true],
    ['a.example:443', 'a.example:443', true],
    ['*.a.example:443', '*.example:443-444', true],
    ['10.1.0.0/16:443', '10.0.0.0/8:443', true],
    ['[::ffff:10.1.0.0/112]:443', '10.0.0.0/8:443', true],
    ['a.example:443', '*:443', true],
    ['*.example:443', 'a.example:443', false],
    ['a.example:443', '*.example:80', false],
    ['10.0.0.0/8:443', '10.1.0.0/16:443', false],
  ])('%s is needless beside %s: %s', (narrow, wide, answer) => {
    const warnings = lint({ network: { outbound: [wide, narrow] } });
    expect(warnings.some(({ code, path }) => code === 'entry-twice' && path.at(-1) === 1)).toBe(answer);
  });

  test('credentials within reach', () => {
    const outbound = ['169.254.169.254:80'];
    expect(codesOf({ network: { metadata: 'allow', outbound } })).toEqual(['metadata-allowed']);
  });
});

test.each([
  [{ listen: [8080, '3000-3010'] }, []],
  [{ listen: ['1-65535'] }, ['listen-wide']],
  [{ listen: [3005, '3000-3010'] }, ['entry-twice']],
  [{ unix: ['/tmp/*.sock', '@mine'] }, []],
  [{ unix: ['/var/run/*'] }, ['unix-control']],
  [{ unix: ['/run/docker.sock'] }, ['unix-control']],
  [{ effect: 'disable' as const, listen: [80] }, ['section-ignored']],
])('network %j: %j', (network, codes) => {
  expect(codesOf({ network })).toEqual(codes);
});

describe('files', () => {
  const codes = (files: Rule['files']) => codesOf({ files });

  test.each([
    [{}, []],
    [{ sealed: ['${task}/**'] }, []],
    [{ write: ['${tmp}/**', '/mnt/data/**'] }, ['write-and-run']],
    [{ write: ['/mnt/data/**'], denyExecute: ['/mnt/**'] }, []],
    [{ write: ['/mnt/data/**'], execute: ['/usr/**'] }, []],
    [{ write: ['${task}/cache/**'] }, ['write-code']],
    [{ write: ['/usr/local/*'] }, ['write-code']],
    [{ write: ['/**'] }, ['write-code']],
    [{ write: ['/**'], denyWrite: ['/**'] }, ['entry-denied']],
    [{ read: ['/tmp/x', '/usr/**'], denyRead: ['${tmp}/**'] }, ['entry-denied']],
    [{ read: ['/usr/**', '/usr/lib/**'] }, ['entry-twice']],
    [{ read: ['${tmp}/x', '/tmp/*', '/usr/**'] }, ['entry-twice']],
    [{ read: ['${task}/**'] }, ['runtime-unreadable']],
    [{ read: ['${runtime}/**'] }, ['runtime-unreadable']],
    [{ read: ['/usr/bin/node', '/etc/ssl/**'] }, ['runtime-unreadable']],
    [{ read: ['${task}/**'], effect: 'alert' as const }, []],
    [{ read: ['${runtime}/**', '/usr/lib/**'] }, []],
    [{ read: ['/usr/bin/node', '/usr/lib/x86_64-linux-gnu/*'] }, []],
    [{ read: ['/var/lang/**', '/usr/lib64/**'] }, []],
    [{ denyRead: ['/proc/self/environ'] }, ['path-linked']],
    [{ denyRead: ['/proc/*/environ'] }, []],
    [{ execute: ['/usr/bin/gs', '/lib64/*'] }, ['path-linked']],
    [{ effect: 'disable' as const }, ['section-ignored']],
  ])('%j: %j', (files, expected) => {
    expect(codes(files)).toEqual(expected);
  });
});

test.each([
  [['DB_PASSWORD', '*_TOKEN'], []],
  [['*_TOKEN', 'API_TOKEN'], ['entry-twice']],
  [['*'], ['secret-needed']],
  [['P*'], ['secret-needed']],
])('secrets %j: %j', (secrets, codes) => {
  expect(codesOf({ secrets })).toEqual(codes);
});

const learning = { process: { effect: 'learn' as const } };
test.each([
  [{ learn: { hours: 1 } }, ['learn-ignored']],
  [learning, []],
  [{ ...learning, learn: { hours: 24, invocations: 10 } }, []],
  [{ ...learning, learn: { hours: 1000 } }, ['learn-long']],
  [{ ...learning, learn: { invocations: 10 } }, ['learn-long']],
])('learning %j: %j', (sections, codes) => {
  expect(codesOf(sections)).toEqual(codes);
});

test('a warning says where it stands, of which rule it is, and what to do', () => {
  expect(lint({ network: { outbound: ['a.example:443', '*:443'] } })).toMatchObject([
    {
      code: 'entry-twice',
      path: ['runtime', 'rules', 0, 'network', 'outbound', 0],
      pattern: 'a.example:443',
    },
    {
      code: 'outbound-anywhere',
      rule: 'r',
      path: ['runtime', 'rules', 0, 'network', 'outbound', 1],
      message:
        'Rule "r": *:443 in network.outbound stands for every host, and lets every name be looked up: data can leave to anywhere, by a lookup too.',
      advice: 'Name the domains, addresses and networks that the function needs.',
    },
  ]);
});
