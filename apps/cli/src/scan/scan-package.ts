import type { Report } from '@ringfence/findings';
import { AdvisoryDatabase, scan } from '@ringfence/scan';
import { startProgress } from '../common/progress.ts';
import { withScanErrors } from '../common/scan-errors.ts';

/** Scans with the database at `databasePath`; without one, vulnerabilities are not looked for. Throws a usage error for a package or a database that can't be read. */
export function scanPackage(path: string, databasePath: string | undefined): Promise<Report> {
  const progress = startProgress();
  return withScanErrors(async () => {
    const database = databasePath === undefined ? undefined : new AdvisoryDatabase(databasePath);
    try {
      return await scan(path, { ...(database && { database }), onProgress: progress.show });
    } finally {
      progress.end();
      database?.close();
    }
  });
}
