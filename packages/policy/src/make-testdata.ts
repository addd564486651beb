import { createHash } from 'node:crypto';
import { compilePolicy } from './compile-policy.ts';
import { encodeDefenderConfiguration, toEnvironmentValue } from './defender-configuration.ts';
import { joinBytes } from './encode-integers.ts';
import { makeKeyLink, signPolicy } from './signed-policy.ts';
import { importSigningKey } from './signing-key.ts';
import { fullPolicy, identity, policy } from './testdata-policies.ts';

/** One file for the tests of every reader, the one in C too: what it is, and whether a Defender must take it. */
export type TestFile = { name: string; bytes: Uint8Array; accept: boolean; words: string };

// Known to everyone, and good for nothing but tests.
const makeKey = (word: string) =>
  importSigningKey(new Uint8Array(createHash('sha256').update(`ringfence test key ${word}`).digest()));

const flipBit = (bytes: Uint8Array, offset: number) =>
  bytes.map((byte, index) => (index === offset ? byte ^ 1 : byte));

/** A compiled policy with one more, empty section. */
function addSection(compiled: Uint8Array, type: number, flags: number): Uint8Array {
  const bytes = Buffer.from(joinBytes([compiled, Uint8Array.of(type, 0, flags, 0, 0, 0, 0, 0)]));
  bytes.writeUInt16LE(bytes.readUInt16LE(58) + 1, 58);
  bytes.writeUInt32LE(bytes.length, 60);
  return new Uint8Array(bytes);
}

/** Everything in `testdata/`. All of it is made from fixed keys with deterministic signatures: always the same bytes. */
export function makeTestdata() {
  const first = makeKey('first');
  const second = makeKey('second');
  const third = makeKey('third');
  const stranger = makeKey('stranger');
  const issuedAt = Date.UTC(2026, 10, 21, 10);
  const compiled = compilePolicy({ policy, identity, revision: 7, issuedAt });
  const signed = signPolicy(compiled, first);
  const compiledFull = compilePolicy({ policy: fullPolicy, identity, revision: 8, issuedAt });
  const links = [makeKeyLink(first, second.publicKey), makeKeyLink(second, third.publicKey)];
  const strangersLink = makeKeyLink(stranger, stranger.publicKey);
  const signatureOffset = signed.length - 64;

  const configuration = {
    console: 'console.example:8471',
    token: 'rf1.test-token',
    identity,
    authorities: [
      new TextEncoder().encode('not a certificate: the first'),
      new TextEncoder().encode('the second'),
    ],
    pinnedKey: first.publicKey,
    signedPolicy: signed,
    entry: '.ringfence-bootstrap',
  };
  const file = (accept: boolean, name: string, bytes: Uint8Array, words: string): TestFile => ({
    name,
    bytes,
    accept,
    words,
  });
  const files = [
    file(true, 'compiled-policy.rfp1', compiled, 'revision 7, prevent, three patterns'),
    file(true, 'compiled-full.rfp1', compiledFull, 'revision 8, every section with several entries'),
    file(true, 'signed-full.rfs1', signPolicy(compiledFull, first), 'that policy, signed by the pinned key'),
    file(true, 'signed.rfs1', signed, 'that policy, signed by the pinned key'),
    file(
      true,
      'signed-rotated-once.rfs1',
      signPolicy(compiled, second, links.slice(0, 1)),
      'one rotation later',
    ),
    file(true, 'signed-rotated-twice.rfs1', signPolicy(compiled, third, links), 'two rotations later'),
    file(
      true,
      'signed-foreign-link.rfs1',
      signPolicy(compiled, third, [strangersLink, ...links]),
      'a link that no trusted key signed is skipped',
    ),
    file(
      true,
      'signed-unknown-section.rfs1',
      signPolicy(addSection(compiled, 99, 0), first),
      'a section of unknown type that is not critical is skipped',
    ),
    file(
      true,
      'configuration.rfd1',
      encodeDefenderConfiguration(configuration),
      'every field, two authorities',
    ),
    file(false, 'bad-flipped-bit.rfs1', flipBit(signed, 20), 'one bit of the revision differs'),
    file(
      false,
      'bad-flipped-signature.rfs1',
      flipBit(signed, signatureOffset + 10),
      'one bit of the signature differs',
    ),
    file(false, 'bad-truncated.rfs1', signed.slice(0, -1), 'the last byte is missing'),
    file(false, 'bad-trailing.rfs1', joinBytes([signed, Uint8Array.of(0)]), 'a byte follows the end'),
    file(false, 'bad-foreign-key.rfs1', signPolicy(compiled, stranger), 'signed by a key that nobody trusts'),
    file(
      false,
      'bad-missing-link.rfs1',
      signPolicy(compiled, third, links.slice(1)),
      'the link from the pinned key to the second is missing',
    ),
    file(
      false,
      'bad-critical-section.rfs1',
      signPolicy(addSection(compiled, 99, 1), first),
      'well signed, but a critical section is not known',
    ),
    file(
      false,
      'bad-wrong-function.rfs1',
      signPolicy(
        compilePolicy({ policy, identity: { ...identity, name: 'pay-other' }, revision: 8, issuedAt }),
        first,
      ),
      'well signed, but for another function: well-formed, so the Defender must compare the function id',
    ),
    file(
      false,
      'bad-older-revision.rfs1',
      signPolicy(compilePolicy({ policy, identity, revision: 6, issuedAt }), first),
      'well signed, but older than signed.rfs1: well-formed, so the Defender must compare the revision',
    ),
    file(
      false,
      'bad-truncated.rfd1',
      encodeDefenderConfiguration(configuration).slice(0, -1),
      'the last byte is missing',
    ),
  ];
  const expected = {
    identity,
    revision: 7,
    issuedAt,
    pinnedKey: Buffer.from(first.publicKey).toString('hex'),
    lastKey: Buffer.from(third.publicKey).toString('hex'),
    functionId: Buffer.from(compiled.subarray(24, 56)).toString('hex'),
    /** What `compiled-full.rfp1` was compiled from. */
    full: fullPolicy.runtime.rules[0],
    compiledHex: Buffer.from(compiled).toString('hex'),
    environmentValue: toEnvironmentValue(configuration),
    files: files.map(({ name, accept, words }) => ({ name, accept, words })),
  };
  return { configuration, files, expected };
}
