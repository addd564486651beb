import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMutation } from './arbitraries.ts';
import { decodeCompiledPolicy } from './compiled/compiled-policy.ts';
import {
  decodeDefenderConfiguration,
  encodeDefenderConfiguration,
  fromEnvironmentValue,
} from './defender-configuration.ts';
import { FormatError, SignatureError } from './format-error.ts';
import { makeTestdata } from './make-testdata.ts';
import { decodeSignedPolicy, makeKeyLink, signPolicy, verifySignedPolicy } from './signed-policy.ts';
import {
  exportSigningKeyPem,
  generateSigningKey,
  importSigningKey,
  importSigningKeyPem,
  signMessage,
} from './signing-key.ts';

const { configuration, files, expected } = makeTestdata();
const pinnedKey = Buffer.from(expected.pinnedKey, 'hex');
const read = (name: string) => new Uint8Array(readFileSync(new URL(`../testdata/${name}`, import.meta.url)));
const signed = read('signed.rfs1');

describe('testdata', () => {
  test.each(files)('$name is what the script writes', ({ name, bytes }) => {
    expect(read(name)).toEqual(bytes);
  });

  test('expected.json is what the script writes', () => {
    expect(JSON.parse(Buffer.from(read('expected.json')).toString())).toEqual(expected);
    expect(expected.compiledHex).toBe(Buffer.from(read('compiled-policy.rfp1')).toString('hex'));
  });

  /** What a Defender does with a policy that it gets while it has `signed.rfs1`. */
  const accept = (bytes: Uint8Array) => {
    const { policy } = verifySignedPolicy(bytes, pinnedKey);
    const { functionId, revision } = decodeCompiledPolicy(read('compiled-policy.rfp1'));
    expect(policy.functionId).toEqual(functionId);
    expect(policy.revision).toBeGreaterThanOrEqual(revision);
  };

  test.each(files.filter(({ name }) => name.endsWith('.rfs1')))('$name: $words', ({ name, accept: good }) => {
    if (good) accept(read(name));
    else expect(() => accept(read(name))).toThrow();
  });

  test('the configuration reads back, and a cut one does not', () => {
    expect(decodeDefenderConfiguration(read('configuration.rfd1'))).toEqual(configuration);
    expect(() => decodeDefenderConfiguration(read('bad-truncated.rfd1'))).toThrow(FormatError);
    expect(fromEnvironmentValue(expected.environmentValue)).toEqual(configuration);
    expect(encodeDefenderConfiguration(configuration)).toEqual(read('configuration.rfd1'));
  });
});

test('the signature is one that OpenSSL accepts', () => {
  const { compiled, signature } = decodeSignedPolicy(signed);
  const [x, y] = [pinnedKey.subarray(1, 33), pinnedKey.subarray(33)].map((part) =>
    part.toString('base64url'),
  );
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
  const message = Buffer.concat([Buffer.from('ringfence-policy\0'), compiled]);
  expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
});

test('trust follows rotations from any key that was ever pinned', () => {
  const keys = Array.from({ length: 4 }, generateSigningKey);
  const links = keys
    .slice(1)
    .map(({ publicKey }, index) => makeKeyLink(keys[index] ?? generateSigningKey(), publicKey));
  const last = keys.at(-1) ?? generateSigningKey();
  const { compiled } = decodeSignedPolicy(signed);
  const bytes = signPolicy(compiled, last, links);
  for (const { publicKey } of keys)
    expect(verifySignedPolicy(bytes, publicKey).publicKey).toEqual(last.publicKey);
  expect(() => verifySignedPolicy(bytes, generateSigningKey().publicKey)).toThrow(SignatureError);
});

test('a policy that an older key signs after the rotation is refused', () => {
  const [old, next] = [generateSigningKey(), generateSigningKey()];
  const { compiled } = decodeSignedPolicy(signed);
  const bytes = signPolicy(compiled, old, [makeKeyLink(old, next.publicKey)]);
  expect(() => verifySignedPolicy(bytes, old.publicKey)).toThrow(SignatureError);
});

test('a signature over a key is no signature over a policy', () => {
  const key = generateSigningKey();
  const { compiled } = decodeSignedPolicy(signed);
  const bytes = signPolicy(compiled, key);
  bytes.set(signMessage('ringfence-key-link', compiled, key), bytes.length - 64);
  expect(() => verifySignedPolicy(bytes, key.publicKey)).toThrow(SignatureError);
});

test('no changed byte is accepted, and nothing but FormatError is thrown', () => {
  const rotated = read('signed-rotated-twice.rfs1');
  fc.assert(
    fc.property(anyMutation(rotated), (bytes) => {
      if (Buffer.from(bytes).equals(rotated)) return;
      expect(() => verifySignedPolicy(bytes, pinnedKey)).toThrow(FormatError);
    }),
    { numRuns: 200 },
  );
});

test('random bytes are refused with a FormatError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 70 }), (bytes, key) => {
      expect(() => verifySignedPolicy(bytes, key)).toThrow(FormatError);
      expect(() => verifySignedPolicy(signed, key)).toThrow(FormatError);
    }),
  );
});

describe('keys', () => {
  test('go through PEM and back', () => {
    const key = generateSigningKey();
    expect(importSigningKeyPem(exportSigningKeyPem(key))).toEqual(key);
    expect(importSigningKey(key.privateKey)).toEqual(key);
    expect(key.publicKey).toHaveLength(65);
  });

  test.each(['', 'rubbish', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])(
    'a bad PEM is refused: %j',
    (pem) => {
      expect(() => importSigningKeyPem(pem)).toThrow(FormatError);
    },
  );

  test('zero and too few bytes are no key', () => {
    expect(() => importSigningKey(new Uint8Array(32))).toThrow(FormatError);
    expect(() => importSigningKey(new Uint8Array(31).fill(1))).toThrow(FormatError);
  });
});

test('leaves out the oldest links beyond the 64 that a Defender takes', () => {
  const keys = Array.from({ length: 71 }, (_, index) => importSigningKey(new Uint8Array(32).fill(index + 1)));
  const links = keys.slice(1).map((key, index) => makeKeyLink(keys[index] ?? key, key.publicKey));
  const last = keys.at(-1) ?? generateSigningKey();
  expect(decodeSignedPolicy(signPolicy(decodeSignedPolicy(signed).compiled, last, links)).links).toEqual(
    links.slice(-64),
  );
});
