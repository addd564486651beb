import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Report } from '@ringfence/findings';
import type { AdvisoryDatabase } from './database/open-database.ts';
import { openPackage } from './files/open-package.ts';
import { listShipped } from './inventory/is-shipped.ts';
import { packageUrl } from './inventory/package-url.ts';
import { takeInventory } from './inventory/take-inventory.ts';
import { findVulnerabilities } from './vulnerabilities/find-vulnerabilities.ts';

export interface ScanOptions {
  /** Left out: vulnerabilities are not looked for, and a note says so. */
  database?: AdvisoryDatabase;
  /** What is being done, in words, with a count where there is one. */
  onProgress?: (step: string, count?: number) => void;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Scans a function's package, a layer or a folder. Rejects with `ScanError` for what cannot be opened; what cannot be read inside is noted. */
export async function scan(
  path: string,
  { database, onProgress = () => {} }: ScanOptions = {},
): Promise<Report> {
  const time = new Date().toISOString();
  const files = await openPackage(path);
  try {
    onProgress('reading the package');
    const inventory = await takeInventory(files, (count) => onProgress('reading the package', count));
    const shipped = listShipped(inventory.packages);
    onProgress('looking up advisories');
    const findings = database ? findVulnerabilities(shipped, database, () => ({ reachable: 'unknown' })) : [];
    return {
      version: 1,
      tool: 'scan',
      target: { name: path, kind: files.kind, ...(files.kind === 'zip' && { digest: await digestOf(path) }) },
      time,
      ...(database && { database: database.newest.toISOString() }),
      packages: shipped.map((found) => ({
        purl: packageUrl(found),
        locations: found.evidence.map((each) => each.path).slice(0, 64),
        dependencies: [],
      })),
      findings,
      suppressed: [],
      notes: [...files.notes, ...inventory.notes],
    };
  } finally {
    await files.close();
  }
}
