import { createPrivateKey } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { FormatError } from './format-error.ts';

/** An ECDSA P-256 key: 32 bytes, and the point uncompressed in 65 bytes. */
export type SigningKey = { privateKey: Uint8Array; publicKey: Uint8Array };

/** A new random key. */
export function generateSigningKey(): SigningKey {
  return importSigningKey(p256.utils.randomSecretKey());
}

/** The key of these 32 bytes. */
export function importSigningKey(privateKey: Uint8Array): SigningKey {
  if (!p256.utils.isValidSecretKey(privateKey))
    throw new FormatError('signing key: the 32 bytes of a P-256 private key are expected');
  return { privateKey: Uint8Array.from(privateKey), publicKey: p256.getPublicKey(privateKey, false) };
}

/** PKCS#8 in PEM, as `openssl genpkey` writes it. Secret. */
export function exportSigningKeyPem({ privateKey, publicKey }: SigningKey): string {
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const [x, y] = [encode(publicKey.subarray(1, 33)), encode(publicKey.subarray(33))];
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', d: encode(privateKey), x, y },
  });
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Reads a P-256 private key in PEM (PKCS#8 or SEC 1, not encrypted). Throws `FormatError`. */
export function importSigningKeyPem(pem: string): SigningKey {
  let jwk: ReturnType<ReturnType<typeof createPrivateKey>['export']> | undefined;
  try {
    jwk = createPrivateKey(pem).export({ format: 'jwk' });
  } catch {
    throw new FormatError('signing key: no private key in PEM without a password is found');
  }
  if (jwk.crv !== 'P-256' || jwk.d === undefined)
    throw new FormatError('signing key: it must be on the curve P-256');
  return importSigningKey(new Uint8Array(Buffer.from(jwk.d, 'base64url')));
}

const prefixed = (purpose: string, message: Uint8Array) =>
  Buffer.concat([Buffer.from(`${purpose}\0`), message]);

/** Signs `purpose NUL message` with SHA-256, deterministic (RFC 6979), raw r || s: 64 bytes. */
export function signMessage(purpose: string, message: Uint8Array, key: SigningKey): Uint8Array {
  return p256.sign(prefixed(purpose, message), key.privateKey);
}

/** Checks what `signMessage` made; like the init it takes any valid s. Never throws. */
export function verifyMessage(
  purpose: string,
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    return p256.verify(signature, prefixed(purpose, message), publicKey, { lowS: false });
  } catch {
    return false;
  }
}
