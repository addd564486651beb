import { webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Both in PEM. */
export type KeyAndCertificate = { key: string; certificate: string };

const makeKeys = () =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

const exportKey = async (keys: webcrypto.CryptoKeyPair) =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');

/** An hour in the past, for clocks that are a little late. */
const validFor = (days: number) => ({
  notBefore: new Date(Date.now() - 60 * 60 * 1000),
  notAfter: new Date(Date.now() + days * DAY_MS),
});

/** Makes the Console's own authority, P-256, valid for 20 years: functions carry its certificate inside them. */
export async function makeAuthority(): Promise<KeyAndCertificate> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Ringfence Console authority',
    keys,
    signingAlgorithm: algorithm,
    ...validFor(20 * 365),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await exportKey(keys), certificate: certificate.toString('pem') };
}

/**
 * A new key and certificate for the listener for Defenders, for the given host names and addresses.
 * An address also stands there as a DNS name, because BearSSL, which the init uses, looks only at those.
 */
export async function issueServerCertificate(
  authority: KeyAndCertificate,
  hosts: string[],
  days: number,
): Promise<KeyAndCertificate> {
  const keys = await makeKeys();
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(authority.key),
    algorithm,
    false,
    ['sign'],
  );
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Ringfence Console',
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    ...validFor(days),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.flatMap((value) => [
          { type: 'dns' as const, value },
          ...(isIP(value) ? [{ type: 'ip' as const, value }] : []),
        ]),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await exportKey(keys), certificate: certificate.toString('pem') };
}

/** The certificate in DER. */
export const toDer = (certificate: string): Uint8Array =>
  new Uint8Array(new X509Certificate(certificate).raw);
