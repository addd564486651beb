import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  generateSigningKey,
  importSigningKey,
  makeKeyLink,
  type SigningKey,
  signPolicy,
  verifySignedPolicy,
} from '@ringfence/policy';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../sources.mjs';
import { buildChecked } from './console-host.ts';

let executable: string;
beforeAll(() => {
  executable = buildChecked('signature-host', [
    sourceOf('signature'),
    sourceOf('shim'),
    'test/signature-host.c',
  ]);
});

const testdata = new URL('../../../packages/policy/testdata/', import.meta.url);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What the init says of each: the compiled policy in hex, or what is wrong. */
function verifyAll(cases: { pinned: Uint8Array; signed: Uint8Array }[]): string[] {
  const input = cases.map(({ pinned, signed }) => `${hex(pinned)} ${hex(signed)}\n`).join('');
  const output = execFileSync(executable, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return output.trimEnd().split('\n');
}

const verify = (pinned: Uint8Array, signed: Uint8Array) => verifyAll([{ pinned, signed }])[0];

const compiled = Buffer.from('RFP1 as far as a signature is concerned');
const [first, second, third, stranger] = [1, 2, 3, 4].map((byte) =>
  importSigningKey(new Uint8Array(32).fill(byte)),
) as [SigningKey, SigningKey, SigningKey, SigningKey];
const wrongSignature = "the policy's signature was not made by the pinned key or by a key that follows it";

describe('a signed policy', () => {
  it('is accepted from many random keys', () => {
    const cases = Array.from({ length: 40 }, (_, length) => {
      const key = generateSigningKey();
      return { pinned: key.publicKey, signed: signPolicy(Buffer.alloc(length, length), key), length };
    });
    expect(verifyAll(cases)).toEqual(cases.map(({ length }) => hex(Buffer.alloc(length, length))));
  });

  it.each([
    ['signed', true],
    ['signed-rotated-once', true],
    ['signed-rotated-twice', true],
    ['signed-foreign-link', true],
    ['signed-unknown-section', true],
    ['bad-flipped-bit', false],
    ['bad-flipped-signature', false],
    ['bad-truncated', false],
    ['bad-trailing', false],
    ['bad-foreign-key', false],
    ['bad-missing-link', false],
  ])('is judged as packages/policy does: %s', (name, isSigned) => {
    const signed = readFileSync(new URL(`${name}.rfs1`, testdata));
    const { pinnedKey } = JSON.parse(readFileSync(new URL('expected.json', testdata), 'utf8'));
    expect(verify(Buffer.from(pinnedKey, 'hex'), signed)).toMatch(
      isSigned ? /^52465031/ : /^the (signed )?policy/,
    );
  });

  it('is accepted as OpenSSL signs it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const message = Buffer.concat([Buffer.from('ringfence-policy\0'), compiled]);
    const signature = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const head = Buffer.from('RFS1\0\0\0\0\0\0\0\0');
    head.writeUInt32LE(compiled.length, 8);
    const pinned = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
    expect(verify(pinned, Buffer.concat([head, compiled, signature]))).toBe(hex(compiled));
  });

  it('is followed along key links from any key that was once pinned', () => {
    const links = [makeKeyLink(first, second.publicKey), makeKeyLink(second, third.publicKey)];
    const signed = signPolicy(compiled, third, links);
    for (const { publicKey } of [first, second, third]) expect(verify(publicKey, signed)).toBe(hex(compiled));
    expect(verify(stranger.publicKey, signed)).toBe(wrongSignature);
  });

  it('is refused when links do not lead to its key', () => {
    const forged = makeKeyLink(stranger, third.publicKey);
    const late = [makeKeyLink(second, third.publicKey), makeKeyLink(first, second.publicKey)];
    expect(verify(first.publicKey, signPolicy(compiled, third, [forged]))).toBe(wrongSignature);
    expect(verify(first.publicKey, signPolicy(compiled, third, late))).toBe(wrongSignature);
    expect(verify(first.publicKey, signPolicy(compiled, first, [makeKeyLink(first, second.publicKey)]))).toBe(
      wrongSignature,
    );
  });

  it('is refused when a link signature stands for a policy signature, or the other way round', () => {
    const link = makeKeyLink(first, second.publicKey);
    const head = Buffer.from('RFS1\0\0\0\0\x41\0\0\0');
    expect(verify(first.publicKey, Buffer.concat([head, link.publicKey, link.signature]))).toBe(
      wrongSignature,
    );
  });

  it('is refused at every length but its own, and with any bit changed', () => {
    const signed = signPolicy(compiled, second, [makeKeyLink(first, second.publicKey)]);
    const cut = Array.from(signed, (_, length) => signed.subarray(0, length));
    const flipped = Array.from(signed, (_, at) => {
      const copy = Uint8Array.from(signed);
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      return copy;
    });
    const bad = [...cut, ...flipped, Buffer.concat([signed, Buffer.from([0])])];
    const words = verifyAll(bad.map((bytes) => ({ pinned: first.publicKey, signed: bytes })));
    expect(words).toHaveLength(bad.length);
    expect(words.filter((text) => !/^the (signed )?policy/.test(text))).toEqual([]);
    for (const bytes of bad) expect(() => verifySignedPolicy(bytes, first.publicKey)).toThrow();
  });

  it.each([
    ['all zero', (bytes: Buffer) => bytes.fill(0)],
    ['all ones', (bytes: Buffer) => bytes.fill(0xff)],
    ['r zero', (bytes: Buffer) => bytes.fill(0, 0, 32)],
    ['s zero', (bytes: Buffer) => bytes.fill(0, 32)],
    [
      's = order',
      (bytes: Buffer) =>
        bytes.write('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 32, 'hex'),
    ],
  ])('is refused with a signature that is %s', (_, change) => {
    const signed = Buffer.from(signPolicy(compiled, first));
    change(signed.subarray(-64));
    expect(verify(first.publicKey, signed)).toBe(wrongSignature);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['too short', Buffer.from(first.publicKey.subarray(1))],
    ['no point', Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)])],
    ['infinity', Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 0)])],
    ['compressed', Buffer.concat([Buffer.from([2]), first.publicKey.subarray(1)])],
  ])('is refused with a pinned key that is %s', (_, pinned) => {
    expect(verify(pinned, signPolicy(compiled, first))).toMatch(/^the p/);
  });

  it('may have 64 links and no more', () => {
    const link = makeKeyLink(stranger, first.publicKey);
    const most = signPolicy(
      compiled,
      first,
      Array.from({ length: 64 }, () => link),
    );
    expect(verify(first.publicKey, most)).toBe(hex(compiled));
    // The writer leaves out what is too much, so one more link is put in by hand behind the 12 bytes before the links.
    const tooMany = Buffer.concat([most.slice(0, 12), link.publicKey, link.signature, most.slice(12)]);
    tooMany.writeUInt16LE(65, 4);
    expect(verify(first.publicKey, tooMany)).toBe('the signed policy has more than 64 key links');
  });
});
