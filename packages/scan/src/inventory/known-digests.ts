import { createHash } from 'node:crypto';
import { PackageURL } from 'packageurl-js';
import { ECOSYSTEMS, type Ecosystem } from '../ecosystem.ts';
import type { FoundPackage } from '../found-package.ts';
import { ScanError } from '../scan-error.ts';

type Known = Pick<FoundPackage, 'ecosystem' | 'name' | 'version'>;

/** Packages by the digest of their file: SHA-1 or SHA-256, hexadecimal, in small letters. */
export type KnownDigests = ReadonlyMap<string, Known>;

function readPackage(text: string): Known | undefined {
  const { type, namespace, name, version } = PackageURL.fromString(text);
  const [ecosystem] = (Object.keys(ECOSYSTEMS) as Ecosystem[]).filter((each) => ECOSYSTEMS[each] === type);
  if (!ecosystem || !name || !version) return undefined;
  const separator = ecosystem === 'Maven' ? ':' : '/';
  return { ecosystem, name: namespace ? `${namespace}${separator}${name}` : name, version };
}

/** Reads a table of digests: a digest and a package URL a line. `path` is for messages. Throws `ScanError` for a line that is neither that nor a comment. */
export function readDigests(text: string, path: string): KnownDigests {
  const digests = new Map<string, Known>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, digest, url] = /^\s*([0-9a-f]{40}|[0-9a-f]{64})\s+(pkg:\S+)\s*$/i.exec(line) ?? [];
    let found: Known | undefined;
    try {
      found = url === undefined ? undefined : readPackage(url);
    } catch {
      // Told below, with the line.
    }
    if (digest === undefined || found === undefined)
      throw new ScanError(
        `${path}, line ${index + 1}: it is not a SHA-1 or SHA-256 and a package URL with a version, such as pkg:npm/jquery@3.4.1.`,
      );
    digests.set(digest.toLowerCase(), found);
  }
  return digests;
}

/** The package that these bytes are known as. */
export function lookUpDigest(digests: KnownDigests, bytes: Buffer, path: string): FoundPackage[] {
  if (digests.size === 0) return [];
  const known = ['sha1', 'sha256']
    .map((algorithm) => digests.get(createHash(algorithm).update(bytes).digest('hex')))
    .find((found) => found !== undefined);
  return known ? [{ ...known, evidence: [{ path, by: 'digest' }], dependencies: [] }] : [];
}
