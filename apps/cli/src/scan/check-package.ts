import { type FailOn, fails, type Report } from '@ringfence/findings';
import { outputs } from '@ringfence/findings/outputs';
import { suppressFindings } from '@ringfence/findings/suppress';
import { databasePath } from '../db/database-path.ts';
import { planPublishing, publishReport } from './publish-report.ts';
import { scanPackage } from './scan-package.ts';
import { readSuppressOptions } from './suppress-flags.ts';

/** What a build tool asks of a package before it is protected. */
export interface PackageCheck {
  /** The package, a zip or a folder. */
  input: string;
  /** The lowest severity that counts as failed. */
  failOn: FailOn;
  /** The advisory database; left out, the one of `ringfence db update`. */
  database?: string | undefined;
  ignoreFile?: string | undefined;
  /** Where the report goes too; left out, nowhere. */
  publish?: { console: string | undefined; function: string; region: string; account: string } | undefined;
}

/** Scans a package as `ringfence scan` does. `table` is the report for people; whether it failed is for the caller to act on. */
export async function checkPackage({
  input,
  failOn,
  database,
  ignoreFile,
  publish,
}: PackageCheck): Promise<{ report: Report; failed: boolean; table: string }> {
  const publishing = planPublishing({ ...publish, cloud: 'aws', publish: publish !== undefined });
  const options = await readSuppressOptions({ 'ignore-file': ignoreFile });
  const report = suppressFindings(await scanPackage(input, databasePath(database)), options);
  if (publishing) await publishReport(publishing, report);
  const table = await outputs.table.render(report, { failOn, paint: (_, plain) => plain });
  return { report, failed: fails(report, failOn), table };
}
