import { checkPackage } from 'ringfence';
import type { ScanSettings, Utilities } from './serverless-types.ts';

interface Target {
  /** The package, before anything is embedded. */
  input: string;
  name: string;
  region: string;
  account: string;
  console: string | undefined;
}

type Given = { [Key in keyof ScanSettings]?: ScanSettings[Key] | undefined };

/** Scans the function's package; throws with the report for people when what it finds is as bad as `failOn`. */
export async function scanFunction(
  { failOn = 'high', ignoreFile, database, publish }: Given,
  { input, name, region, account, console }: Target,
  log: Utilities['log'],
): Promise<void> {
  const { report, failed, table } = await checkPackage({
    input,
    failOn,
    ignoreFile,
    database,
    publish: publish ? { console, function: name, region, account } : undefined,
  });
  if (failed) throw new Error(`${name}: findings are as bad as "${failOn}", or worse.\n${table}`);
  const { length } = report.findings;
  log.notice(
    `Ringfence scanned ${name}: ${length} ${length === 1 ? 'finding' : 'findings'} below "${failOn}"`,
  );
}
