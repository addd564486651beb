import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AUDIT_TYPES, Audit } from './audit-schema.ts';
import { parseAuditLine } from './parse-audit-line.ts';

const common = {
  ringfence: 1,
  id: '0192f3a1b2c3d4e5f60718293a4b5c6d',
  time: '2026-11-21T10:00:00.123Z',
  effect: 'prevent',
  action: 'blocked',
  function: {
    cloud: 'aws',
    account: '123456789012',
    region: 'eu-west-1',
    name: 'convert',
    version: '$LATEST',
    runtime: 'python3.12',
    arch: 'x86_64',
  },
  instance: '0011223344556677',
  request: '',
  count: 1,
  message: 'python3.11 tried to start /bin/sh, which the policy does not allow',
};
const processDetail = {
  path: '/usr/bin/dash',
  requested: '/bin/sh',
  argv: ['sh', '-c', 'id'],
  pid: 12,
  caller: '/usr/bin/python3.11',
  call: 'execve',
  abi: 'x86_64',
  reason: 'not in the allowlist',
};
const coverageDetail = {
  tier: 'T0',
  kernel: '6.1.0',
  filter: true,
  notify: true,
  verify: true,
  landlock: 2,
  policy: 7,
  source: 'package',
  init: '0.1.0',
  sections: { process: 'prevent' },
  missing: [],
};
const called = { caller: '/usr/bin/node', call: 'connect', abi: 'x86_64', reason: 'no entry allows it' };
const details = {
  process: processDetail,
  network: {
    ...called,
    direction: 'outbound',
    protocol: 'tcp',
    address: '192.0.2.7',
    port: 443,
    domain: 'a.b',
  },
  file: { ...called, path: '/etc/shadow', requested: '/proc/self/root/etc/shadow', access: 'read' },
  model: {
    entries: [
      { kind: 'process', value: '/usr/bin/gs', arguments: ['-q'], count: 2, first: 1, last: 2 },
      { kind: 'domain', value: 'db.internal', port: 5432, count: 1, first: 1, last: 1 },
    ],
    invocations: 10,
    since: 1_764_115_200_000,
  },
  waas: {
    requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    decision: 'answer',
    trigger: 'rest-api',
    address: '192.0.2.1',
    verdicts: [
      {
        class: 'sqli',
        effect: 'prevent',
        confidence: 95,
        reason: 'compares a constant with itself',
        path: 'body.user',
        decoding: ['percent'],
        evidence: { start: 0, end: 10, text: '1 or 1=1--' },
      },
    ],
    leftOut: 0,
    incomplete: false,
  },
  coverage: coverageDetail,
  policy: { reason: 'older', revision: 3 },
  tamper: {},
  defender: { dropped: 4, last: null },
};
const audit = { ...common, type: 'process', detail: processDetail };
const errorOf = (value: unknown) => {
  const result = parseAuditLine(JSON.stringify(value));
  return result.ok ? 'accepted' : result.error;
};

test.each([...AUDIT_TYPES, 'model' as const])('an audit of type %s is read', (type) => {
  const value = { ...common, type, detail: details[type] };
  expect(parseAuditLine(`${JSON.stringify(value)}\n`)).toEqual({ ok: true, audit: value });
});

test.each([
  [
    'a lookup',
    'network',
    { direction: 'lookup', protocol: 'udp', domain: 'a.b', reason: 'no entry allows it' },
  ],
  ['a socket', 'network', { ...called, direction: 'socket', protocol: 'packet' }],
  ['a call that starts no program', 'process', { ...called, path: '', requested: '' }],
  ['a program that was killed', 'process', { path: '/bin/sh', reason: 'it is another one' }],
  ['an effect of learning', 'coverage', { ...coverageDetail, sections: { files: 'learn' } }],
])('what is not known may be left out: %s', (_, type, detail) => {
  expect(errorOf({ ...common, effect: 'learn', type, detail })).toBe('accepted');
});

test('unknown keys are kept, and a missing version of the function is empty', () => {
  const { version, ...identity } = common.function;
  const value = {
    ...audit,
    later: 1,
    function: identity,
    detail: { ...processDetail, script: '/bin/sh', later: [1] },
  };
  expect(parseAuditLine(JSON.stringify(value))).toEqual({
    ok: true,
    audit: { ...value, function: { ...identity, version: '' } },
  });
});

describe('refused, with the field in the words', () => {
  test.each([
    ['id', { id: 'ABCDEF' }],
    ['id', { id: `${common.id}0` }],
    ['id', { id: common.id.toUpperCase() }],
    ['time', { time: 'yesterday' }],
    ['time', { time: '2026-11-21T10:00:00+02:00' }],
    ['type', { type: 'other' }],
    ['effect', { effect: 'stop' }],
    ['action', { action: 'ignored' }],
    ['count', { count: 0 }],
    ['count', { count: 2 ** 31 + 1 }],
    ['count', { count: 1.5 }],
    ['instance', { instance: 'x' }],
    ['function.name', { function: { ...common.function, name: 'a\nb' } }],
    ['function.arch', { function: { ...common.function, arch: 'mips' } }],
    ['ringfence', { ringfence: 2 }],
    ['detail.argv', { detail: { ...processDetail, argv: 'sh' } }],
    ['detail.pid', { detail: { ...processDetail, pid: -1 } }],
    ['detail.direction', { type: 'network', detail: { ...details.network, direction: 'in' } }],
    ['detail.port', { type: 'network', detail: { ...details.network, port: 65_536 } }],
    ['detail.access', { type: 'file', detail: { ...details.file, access: 'append' } }],
    ['detail.entries.0.kind', { type: 'model', detail: { ...details.model, entries: [{ kind: 'x' }] } }],
    ['detail.tier', { type: 'coverage', detail: { ...coverageDetail, tier: 'T3' } }],
    ['detail', { type: 'tamper', detail: { nested: { a: 1 } } }],
  ])('%s %j', (field, change) => {
    expect(errorOf({ ...audit, ...change })).toMatch(new RegExp(`^${field.replace('.', '\\.')}`));
  });

  test.each(['', '{', 'null', '[]', '1', 'START RequestId: x', '{"ringfence":1}'])('%j', (line) => {
    expect(parseAuditLine(line).ok).toBe(false);
  });
});

test('a line may take 4,000 bytes with its newline, and no more', () => {
  const make = (filler: string) => JSON.stringify({ ...audit, later: filler });
  const room = 3999 - make('').length;
  expect(parseAuditLine(make('x'.repeat(room))).ok).toBe(true);
  expect(parseAuditLine(`${make('x'.repeat(room))}\n`).ok).toBe(true);
  expect(parseAuditLine(make('x'.repeat(room + 1)))).toEqual({
    ok: false,
    error: 'the line is longer than 4000 bytes with its newline',
  });
  expect(parseAuditLine(make('ü'.repeat(room / 2 + 1))).ok).toBe(false);
});

test('nothing makes it throw', () => {
  const key = fc.constantFrom('id', 'time', 'type', 'function', 'detail', 'count', '__proto__');
  fc.assert(
    fc.property(key, fc.json(), (name, json) => {
      const text = JSON.stringify({ ...audit, [name]: 0 }).replace(`"${name}":0`, `"${name}":${json}`);
      expect(typeof parseAuditLine(text).ok).toBe('boolean');
    }),
  );
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(parseAuditLine(line).ok).toBe(false);
    }),
  );
});

test('an audit can be described by JSON Schema, for the API documents', () => {
  expect(z.toJSONSchema(Audit, { io: 'input' })).toHaveProperty('oneOf');
});
