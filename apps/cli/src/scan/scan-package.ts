import { readFile } from 'node:fs/promises';
import type { Report } from '@ringfence/findings';
import { AdvisoryDatabase, readDigests, ScanError, scan } from '@ringfence/scan';
import { startProgress } from '../common/progress.ts';
import { withScanErrors } from '../common/scan-errors.ts';

async function openDigests(path: string) {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ScanError(`${path} cannot be read: ${cause.message}.`, { cause });
  });
  return readDigests(text, path);
}

/** Scans with the database at `databasePath`; without one, vulnerabilities are not looked for. `digestsPath` names a table of known packages. Throws a usage error for a package or a database that can't be read. */
export function scanPackage(
  path: string,
  databasePath: string | undefined,
  digestsPath?: string,
  handler?: string,
): Promise<Report> {
  const progress = startProgress();
  return withScanErrors(async () => {
    const digests = digestsPath === undefined ? undefined : await openDigests(digestsPath);
    const database = databasePath === undefined ? undefined : new AdvisoryDatabase(databasePath);
    try {
      return await scan(path, {
        ...(database && { database }),
        ...(digests && { digests }),
        ...(handler !== undefined && { handler }),
        onProgress: progress.show,
      });
    } finally {
      progress.end();
      database?.close();
    }
  });
}
