import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyIdentity, anyMutation, anyPattern, identity } from './arbitraries.ts';
import { compilePolicy, prepareCompiler } from './compile-policy.ts';
import { type CompiledPolicy, decodeCompiledPolicy, encodeCompiledPolicy } from './compiled-policy.ts';
import { FormatError } from './format-error.ts';
import { functionId } from './function-id.ts';
import { Policy } from './policy-schema.ts';

const anyCompiled: fc.Arbitrary<CompiledPolicy> = fc.record({
  revision: fc.maxSafeNat(),
  issuedAt: fc.maxSafeNat(),
  functionId: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  onError: fc.constantFrom('open', 'closed'),
  process: fc.record({
    effect: fc.constantFrom('disable', 'alert', 'prevent'),
    allow: fc.array(anyPattern, { maxLength: 20 }),
  }),
  console: fc.record({
    policyRefreshSeconds: fc.nat(0xffffffff),
    deliveryMilliseconds: fc.nat(0xffffffff),
  }),
});

const example: CompiledPolicy = {
  revision: 1,
  issuedAt: 2,
  functionId: functionId(identity),
  onError: 'closed',
  process: { effect: 'prevent', allow: ['/usr/bin/gs', '/opt/*'] },
  console: { policyRefreshSeconds: 60, deliveryMilliseconds: 300 },
};

test('decoding gives back what was encoded', () => {
  fc.assert(
    fc.property(anyCompiled, (policy) => {
      expect(decodeCompiledPolicy(encodeCompiledPolicy(policy))).toEqual(policy);
    }),
  );
});

test('bytes that differ are refused or are themselves what encoding gives', () => {
  const bytes = encodeCompiledPolicy(example);
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
  ['an unknown effect', 72, [3], 'no effect 3'],
  ['a pattern of the wrong kind', 76, [1], 'wrong kind 1'],
  ['a pattern that is not absolute', 80, [0x58], 'absolute path'],
  ['a NUL in a pattern', 83, [0], 'NUL'],
  ['broken UTF-8', 83, [0xff], 'not UTF-8'],
  ['an unknown flag', 66, [3], 'unknown flags'],
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
    process: { effect: 'disable', allow: [] },
    console: { policyRefreshSeconds: 60, deliveryMilliseconds: 300 },
  });
});

test('a new rule stands for all functions and only the main process', () => {
  const policy = Policy.parse({ version: 1, runtime: { rules: [{ name: 'new' }] } });
  fc.assert(
    fc.property(anyIdentity, (someone) => {
      const compiled = decodeCompiledPolicy(
        compilePolicy({ policy, identity: someone, revision: 1, issuedAt: 0 }),
      );
      expect(compiled.process).toEqual({ effect: 'prevent', allow: [] });
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
