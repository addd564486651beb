import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { compareFindings, type Finding, fitReport, type Report } from '@ringfence/findings';
import { riskyCode } from './code/risky-code.ts';
import { content } from './content/content.ts';
import type { AdvisoryDatabase } from './database/open-database.ts';
import { isLayer } from './files/is-layer.ts';
import { openPackage } from './files/open-package.ts';
import type { Finder } from './finder.ts';
import { listShipped } from './inventory/is-shipped.ts';
import type { KnownDigests } from './inventory/known-digests.ts';
import { takeInventory } from './inventory/take-inventory.ts';
import { listPackages } from './list-packages.ts';
import type { PackageFiles } from './package-files.ts';
import { secrets } from './secrets/secrets.ts';
import { vulnerabilities } from './vulnerabilities/vulnerabilities.ts';

const finders: Finder[] = [vulnerabilities, secrets, riskyCode, content];

export interface ScanOptions {
  /** Left out: vulnerabilities are not looked for, and a note says so. */
  database?: AdvisoryDatabase;
  /** Packages that are known by their digest; `readDigests` reads them. */
  digests?: KnownDigests;
  /** The handler as the function's settings name it, such as `src/index.handler`; left out: it is found by its name. */
  handler?: string;
  /** What is being done, in words, with a count where there is one. */
  onProgress?: (step: string, count?: number) => void;
}

async function describeTarget(path: string, files: PackageFiles): Promise<Report['target']> {
  const kind = isLayer(files) ? 'layer' : files.kind;
  if (files.kind === 'folder') return { name: path, kind };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name: path, kind, digest: hash.digest('hex') };
}

/** Scans a function's package, a layer or a folder. Rejects with `ScanError` for what cannot be opened; what cannot be read inside is noted. */
export async function scan(
  path: string,
  { database, digests, handler, onProgress = () => {} }: ScanOptions = {},
): Promise<Report> {
  const time = new Date().toISOString();
  const files = await openPackage(path);
  try {
    const inventory = await takeInventory(
      files,
      (count) => onProgress('reading the package', count),
      digests,
    );
    const packages = listShipped(inventory.packages);
    const findings: Finding[] = [];
    const notes = [...files.notes, ...inventory.notes];
    for (const { step, find } of finders) {
      onProgress(step);
      const found = await find({
        files,
        packages,
        database,
        ...(handler !== undefined && { handler }),
        onProgress: (count) => onProgress(step, count),
      });
      findings.push(...found.findings);
      notes.push(...(found.notes ?? []));
    }
    return fitReport({
      version: 1,
      tool: 'scan',
      target: await describeTarget(path, files),
      time,
      ...(database && { database: database.newest.toISOString() }),
      packages: listPackages(packages),
      findings: findings.toSorted(compareFindings),
      suppressed: [],
      notes: [...new Set(notes)],
    });
  } finally {
    await files.close();
  }
}
