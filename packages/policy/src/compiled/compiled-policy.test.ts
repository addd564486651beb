import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyIdentity, anyMutation, anySections, identity } from '../arbitraries.ts';
import { compilePolicy, prepareCompiler } from '../compile-policy.ts';
import { FormatError } from '../format-error.ts';
import { functionId } from '../function-id.ts';
import { Policy } from '../policy-schema.ts';
import { measureRule } from '../sections/measure-rule.ts';
import { parseOutbound } from '../sections/outbound.ts';
import { toProcessEntry } from '../sections/process.ts';
import { type CompiledPolicy, decodeCompiledPolicy, encodeCompiledPolicy } from './compiled-policy.ts';

const withSections = (sections: object) =>
  Policy.parse({ version: 1, runtime: { rules: [{ name: 'r', ...sections }] } });

const compileSections = (sections: object) =>
  compilePolicy({ policy: withSections(sections), identity, revision: 1, issuedAt: 0 });

const example: CompiledPolicy = {
  revision: 1,
  issuedAt: 2,
  functionId: functionId(identity),
  onError: 'closed',
  process: { effect: 'prevent', miners: 'alert', allow: [{ path: '/usr/bin/gs' }, { path: '/opt/*' }] },
  console: { policyRefreshSeconds: 60, deliveryMilliseconds: 300 },
};

// Without section 6: it is not critical, so that a Defender skips it when its type is another.
const full = compileSections({
  process: {
    allow: ['/opt/*', { path: '/usr/bin/gs', arguments: ['-q', '-s*', '**'], parents: ['/usr/bin/node'] }],
  },
  network: {
    listen: [8080, '3000-3010'],
    outbound: ['*:443', '10.0.0.0/8:5432-5440', '[2001:db8::/32]:443', '*.example.com'],
    unix: ['/tmp/*.sock', '@name'],
  },
  files: { effect: 'alert', sealed: ['${task}/**'], denyRead: ['/etc/shadow', '${tmp}'] },
  secrets: ['DB_PASSWORD', '*_TOKEN'],
});

test('decoding gives back what was encoded', () => {
  fc.assert(
    fc.property(anySections, (sections) => {
      const bytes = compileSections(sections);
      const policy = decodeCompiledPolicy(bytes);
      expect(encodeCompiledPolicy(policy)).toEqual(bytes);
      const { process, network, files, secrets } = sections;
      expect(policy.process).toEqual({ ...process, allow: process.allow.map(toProcessEntry) });
      expect(policy.network?.unix).toEqual(network?.unix);
      expect(policy.network?.outbound).toEqual(network?.outbound.map(parseOutbound));
      expect(policy.files).toEqual(files);
      expect(policy.secrets ?? []).toEqual(secrets);
      expect(bytes.length).toBeLessThanOrEqual(measureRule(sections));
    }),
  );
});

test.each([
  ['two sections', encodeCompiledPolicy(example)],
  ['all critical sections', full],
])('bytes that differ are refused or are themselves what encoding gives: %s', (_, bytes) => {
  let refused = 0;
  fc.assert(
    fc.property(anyMutation(bytes), (mutated) => {
      try {
        expect(Buffer.from(encodeCompiledPolicy(decodeCompiledPolicy(mutated))).equals(mutated)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        refused++;
      }
    }),
    { numRuns: 3000, examples: [[bytes]] },
  );
  expect(refused).toBeGreaterThan(1000);
});

test('random bytes are refused with a FormatError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => decodeCompiledPolicy(bytes)).toThrow(FormatError);
    }),
  );
});

const change = (offset: number, ...values: number[]) => {
  const bytes = encodeCompiledPolicy(example);
  bytes.set(values, offset);
  return () => decodeCompiledPolicy(bytes);
};

test.each([
  ['another magic', 0, [0x58], 'does not begin with RFP1'],
  ['another version', 4, [2], 'format version 2 is not known'],
  ['another header length', 6, [65], 'header must be 64 bytes'],
  ['a huge revision', 15, [1], 'revision is larger'],
  ['an unknown onError', 56, [2], 'no onError 2'],
  ['a reserved byte', 57, [1], 'reserved byte must be 0'],
  ['a missing section', 58, [1], 'follow the end'],
  ['another length', 60, [1], 'length is given as'],
  ['an unknown effect', 72, [4], 'no effect 4'],
  ['learning of miners', 73, [3], 'no effect for miners 3'],
  ['a pattern of the wrong kind', 76, [1], 'wrong kind 1'],
  ['a pattern that is not absolute', 80, [0x58], 'absolute path'],
  ['a NUL in a pattern', 83, [0], 'NUL'],
  ['broken UTF-8', 83, [0xff], 'not UTF-8'],
  ['an unknown flag', 66, [3], 'unknown flags'],
  ['a process section that is not critical', 66, [0], 'must be critical'],
  ['a variable in a process pattern', 77, [2], 'only the patterns of files'],
  ['an unknown flag of an entry', 91, [4], 'unknown flags'],
])('%s is named in the error', (_, offset, values, words) => {
  expect(change(offset, ...values)).toThrow(words);
});

test('an empty policy compiles to disable and lets the function start', () => {
  const bytes = compilePolicy({ policy: Policy.parse({ version: 1 }), identity, revision: 4, issuedAt: 5 });
  expect(decodeCompiledPolicy(bytes)).toEqual({
    revision: 4,
    issuedAt: 5,
    functionId: functionId(identity),
    onError: 'open',
    process: { effect: 'disable', miners: 'disable', allow: [] },
    console: { policyRefreshSeconds: 60, deliveryMilliseconds: 300 },
  });
});

test.each([
  ['nothing is learned', { learn: { hours: 1 } }, undefined],
  ['no limit is given', { process: { effect: 'learn' } }, { invocations: 0, seconds: 86_400 }],
  [
    'hours are given',
    { files: { effect: 'learn' }, learn: { hours: 0.5 } },
    { invocations: 0, seconds: 1800 },
  ],
  [
    'invocations are given',
    { network: { effect: 'learn' }, learn: { invocations: 9 } },
    { invocations: 9, seconds: 0 },
  ],
])('the limits of learning when %s', (_, sections, limits) => {
  expect(decodeCompiledPolicy(compileSections(sections)).learn).toEqual(limits);
});

test('a new rule stands for all functions and only the main process', () => {
  const policy = Policy.parse({ version: 1, runtime: { rules: [{ name: 'new' }] } });
  fc.assert(
    fc.property(anyIdentity, (someone) => {
      const compiled = decodeCompiledPolicy(
        compilePolicy({ policy, identity: someone, revision: 1, issuedAt: 0 }),
      );
      expect(compiled.process).toEqual({ effect: 'prevent', miners: 'prevent', allow: [] });
      expect(compiled.onError).toBe('closed');
      expect(compiled.functionId).toEqual(functionId(someone));
    }),
  );
});

test('one compiler for many functions gives the same bytes as one for each', () => {
  const policy = Policy.parse({
    version: 1,
    collections: [
      { name: 'a', functions: ['a*', '*z'], accounts: ['1*'] },
      { name: 'n', runtimes: ['node*'], regions: ['*a*'] },
    ],
    runtime: {
      rules: [
        { name: 'one', collections: ['a', 'n'] },
        { name: 'two', collections: ['n'], process: { allow: ['/x'] } },
        { name: 'rest', process: { effect: 'alert' } },
      ],
    },
  });
  const compile = prepareCompiler(policy);
  fc.assert(
    fc.property(anyIdentity, (someone) => {
      const target = { identity: someone, revision: 1, issuedAt: 0 };
      expect(compile(target)).toEqual(compilePolicy({ policy, ...target }));
    }),
  );
});

test('the id is the SHA-256 of the four lines', () => {
  // printf 'aws\n123456789012\neu-west-1\npay-convert' | sha256sum
  expect(Buffer.from(functionId(identity)).toString('hex')).toBe(
    '1f779f18882d3dd6bb69efde8f2501b8df67ebd9ec89cb7001c70aaf9f92588b',
  );
});
