import { ByteReader } from './byte-reader.ts';
import { type CompiledPolicy, decodeCompiledPolicy } from './compiled/compiled-policy.ts';
import { encodeIntegers, joinBytes } from './encode-integers.ts';
import { SignatureError } from './format-error.ts';
import { type SigningKey, signMessage, verifyMessage } from './signing-key.ts';

const POLICY_PURPOSE = 'ringfence-policy';
const LINK_PURPOSE = 'ringfence-key-link';

/** More of them a Defender refuses; functions that pinned a key before that must be embedded again. */
const MOST_LINKS = 64;

/** Hands trust from one signing key to the next: the next public key (65 bytes), signed by the previous key (64 bytes). */
export type KeyLink = { publicKey: Uint8Array; signature: Uint8Array };

/** `RFS1` taken apart, nothing verified. */
export type SignedPolicy = { links: KeyLink[]; compiled: Uint8Array; signature: Uint8Array };

export type VerifiedPolicy = {
  policy: CompiledPolicy;
  compiled: Uint8Array;
  /** The key that signed the policy: the last one adopted. */
  publicKey: Uint8Array;
};

/** Makes the link by which those who trust the previous key come to trust the next. */
export function makeKeyLink(previousKey: SigningKey, nextPublicKey: Uint8Array): KeyLink {
  return { publicKey: nextPublicKey, signature: signMessage(LINK_PURPOSE, nextPublicKey, previousKey) };
}

/** Signs a compiled policy into `RFS1`. `links`: oldest first, the last one leads to `key`; none before the first rotation. */
export function signPolicy(
  compiled: Uint8Array,
  key: SigningKey,
  links: readonly KeyLink[] = [],
): Uint8Array {
  const newest = links.slice(-MOST_LINKS);
  return joinBytes([
    'RFS1',
    encodeIntegers([2, newest.length], [2, 0], [4, compiled.length]),
    ...newest.flatMap(({ publicKey, signature }) => [publicKey, signature]),
    compiled,
    signMessage(POLICY_PURPOSE, compiled, key),
  ]);
}

/** Takes `RFS1` apart without verifying anything. Throws `FormatError`. */
export function decodeSignedPolicy(bytes: Uint8Array): SignedPolicy {
  const reader = new ByteReader(bytes, 'signed policy (RFS1)');
  reader.expectMagic('RFS1');
  const linkCount = reader.u16();
  reader.expectZero(reader.u16(), 'the reserved field');
  const compiledLength = reader.u32();
  const links = Array.from({ length: linkCount }, () => ({
    publicKey: reader.bytes(65),
    signature: reader.bytes(64),
  }));
  const compiled = reader.bytes(compiledLength);
  const signature = reader.bytes(64);
  reader.expectEnd();
  return { links, compiled, signature };
}

/**
 * Verifies `RFS1` as the init does: from the pinned key along the links, then the policy with the last key adopted.
 * Throws `SignatureError` when the signature does not hold, `FormatError` when the bytes are wrong.
 */
export function verifySignedPolicy(bytes: Uint8Array, pinnedKey: Uint8Array): VerifiedPolicy {
  const { links, compiled, signature } = decodeSignedPolicy(bytes);
  let publicKey = pinnedKey;
  for (const link of links)
    if (verifyMessage(LINK_PURPOSE, link.publicKey, link.signature, publicKey)) publicKey = link.publicKey;
  if (!verifyMessage(POLICY_PURPOSE, compiled, signature, publicKey))
    throw new SignatureError(
      'signed policy (RFS1): the signature was not made by the pinned key or a key that follows it',
    );
  return { policy: decodeCompiledPolicy(compiled), compiled, publicKey };
}
