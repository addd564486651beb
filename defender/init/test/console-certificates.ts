import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

const algorithms = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  },
};

export type KeyKind = keyof typeof algorithms;

/** A certificate with its private key; `pem` is its chain without the root. */
export type Identity = {
  kind: KeyKind;
  keys: webcrypto.CryptoKeyPair;
  certificate: x509.X509Certificate;
  pem: string;
  keyPem: string;
};

export type Wanted = {
  kind?: KeyKind;
  issuer?: Identity;
  isAuthority?: boolean;
  dns?: string[];
  ip?: string[];
  from?: Date;
  until?: Date;
};

const hour = 3_600_000;

/** Makes a certificate: signed by `issuer`, or by itself. */
export async function makeCertificate(wanted: Wanted): Promise<Identity> {
  const kind = wanted.kind ?? 'P-256';
  const keys = (await webcrypto.subtle.generateKey(algorithms[kind], true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const signer = wanted.issuer ?? { keys, kind };
  const names = [
    ...(wanted.dns ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(wanted.ip ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
  const subject = `CN=test ${webcrypto.randomUUID()}`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: wanted.issuer?.certificate.subject ?? subject,
    publicKey: keys.publicKey,
    signingKey: signer.keys.privateKey,
    signingAlgorithm: algorithms[signer.kind],
    notBefore: wanted.from ?? new Date(Date.now() - hour),
    notAfter: wanted.until ?? new Date(Date.now() + 24 * hour),
    extensions: [
      new x509.BasicConstraintsExtension(wanted.isAuthority ?? false, undefined, true),
      ...(names.length ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  const chain = wanted.issuer?.pem ?? '';
  return {
    kind,
    keys,
    certificate,
    pem: wanted.isAuthority && !wanted.issuer ? '' : `${certificate.toString('pem')}\n${chain}`,
    keyPem: x509.PemConverter.encode(
      await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
      'PRIVATE KEY',
    ),
  };
}

export const toDer = ({ certificate }: Identity) => new Uint8Array(certificate.rawData);
