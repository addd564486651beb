import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyIdentity, anyMutation, identity } from './arbitraries.ts';
import {
  type DefenderConfiguration,
  decodeDefenderConfiguration,
  ENVIRONMENT_VALUE_LIMIT,
  encodeDefenderConfiguration,
  fromEnvironmentValue,
  toEnvironmentValue,
} from './defender-configuration.ts';
import { joinBytes } from './encode-integers.ts';
import { FormatError } from './format-error.ts';

const optional = { requiredKeys: [] };
const anyConfiguration = fc.record(
  {
    console: fc.string({ unit: 'grapheme' }),
    token: fc.string(),
    identity: anyIdentity,
    authorities: fc.array(fc.uint8Array(), { minLength: 1, maxLength: 3 }),
    pinnedKey: fc.uint8Array({ minLength: 65, maxLength: 65 }),
    signedPolicy: fc.uint8Array({ maxLength: 500 }),
    entry: fc.string({ unit: 'grapheme' }),
  },
  optional,
) as fc.Arbitrary<DefenderConfiguration>;

test('decoding gives back what was encoded, as bytes and as a variable', () => {
  fc.assert(
    fc.property(anyConfiguration, (configuration) => {
      expect(decodeDefenderConfiguration(encodeDefenderConfiguration(configuration))).toEqual(configuration);
      expect(fromEnvironmentValue(toEnvironmentValue(configuration))).toEqual(configuration);
    }),
  );
});

test('a part of an identity is kept as that part', () => {
  const configuration = { identity: { name: 'other', region: 'eu-west-1' } };
  expect(decodeDefenderConfiguration(encodeDefenderConfiguration(configuration))).toEqual(configuration);
});

test('nothing but FormatError is thrown', () => {
  const bytes = encodeDefenderConfiguration({
    console: 'a:1',
    identity,
    authorities: [Uint8Array.of(1)],
    pinnedKey: new Uint8Array(65),
  });
  fc.assert(
    fc.property(fc.oneof(anyMutation(bytes), fc.uint8Array()), (hostile) => {
      try {
        decodeDefenderConfiguration(hostile);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 3000 },
  );
});

const field = (type: number, ...bytes: number[]) =>
  Uint8Array.of(type, 0, 0, 0, bytes.length, 0, 0, 0, ...bytes);
const compose = (...fields: Uint8Array[]) =>
  joinBytes(['RFD1', Uint8Array.of(1, 0, fields.length, 0), ...fields]);

test.each([
  ['a field that comes twice', compose(field(1, 65), field(1, 65)), 'field 1 comes twice'],
  ['a short key', compose(field(10, 4)), 'pinned key must be 65 bytes'],
  ['an unknown architecture', compose(field(8, 65)), 'arch'],
  ['a newline in a name', compose(field(6, 65, 10)), 'name must be'],
  ['broken UTF-8', compose(field(1, 0xff)), 'not UTF-8'],
  ['bytes after the end', joinBytes([compose(), Uint8Array.of(1)]), 'follow the end'],
  ['another version', Uint8Array.of(82, 70, 68, 49, 2, 0, 0, 0), 'version 2 is not known'],
])('%s is refused', (_, bytes, words) => {
  expect(() => decodeDefenderConfiguration(bytes)).toThrow(words);
});

test('a field of unknown type is skipped', () => {
  expect(decodeDefenderConfiguration(compose(field(99, 1, 2), field(1, 65)))).toEqual({ console: 'A' });
});

test('the variable leaves the signed policy out exactly when it would be too long', () => {
  // RFD1 without fields is 8 bytes, a field's head 8 more; 2,250 bytes are 3,000 characters.
  const fits = { signedPolicy: new Uint8Array(2250 - 16) };
  expect(toEnvironmentValue(fits)).toHaveLength(ENVIRONMENT_VALUE_LIMIT);
  expect(fromEnvironmentValue(toEnvironmentValue(fits))).toEqual(fits);
  const exceeds = { console: 'a:1', signedPolicy: new Uint8Array(2250) };
  expect(fromEnvironmentValue(toEnvironmentValue(exceeds))).toEqual({ console: 'a:1' });
  expect(() => toEnvironmentValue({ entry: 'x'.repeat(3000) })).toThrow('at most 3000 fit');
});

test.each(['not base64!', 'AAA=', 'A', ''])('a bad variable is refused: %j', (value) => {
  expect(() => fromEnvironmentValue(value)).toThrow(FormatError);
});
