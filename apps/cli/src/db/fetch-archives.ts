import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AdvisoryDatabase, type Archive, downloadArchive, type Ecosystem } from '@ringfence/scan';
import type { Progress } from '../common/progress.ts';
import { withScanErrors } from '../common/scan-errors.ts';
import { useProxy } from '../common/use-proxy.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { cacheFolder } from './database-path.ts';

const archiveFolder = () => join(cacheFolder(), 'osv');
/** Says which database was made of the archives as they are. */
const stampPath = () => join(archiveFolder(), 'made.json');

const describe = ({ path, made }: AdvisoryDatabase, ecosystems: readonly Ecosystem[]): string =>
  JSON.stringify({ path, made, ecosystems });

/** Fetches those of OSV's archives that have changed, one after the other. */
export async function fetchArchives(
  address: string,
  ecosystems: readonly Ecosystem[],
  progress: Progress,
): Promise<Archive[]> {
  await useProxy();
  const archives: Archive[] = [];
  for (const ecosystem of ecosystems)
    archives.push(
      await withScanErrors(() =>
        downloadArchive(address, ecosystem, archiveFolder(), (bytes) =>
          progress.show(`fetching ${ecosystem}, MB`, Math.round(bytes / 1e6)),
        ),
      ),
    );
  return archives;
}

/** Whether the database at `path` was made of the same archives. */
export async function isMadeOfArchives(path: string, ecosystems: readonly Ecosystem[]): Promise<boolean> {
  try {
    const stamp = await readFile(stampPath(), 'utf8');
    const database = new AdvisoryDatabase(path);
    database.close();
    return stamp === describe(database, ecosystems);
  } catch {
    // Whatever is missing or broken is made anew.
    return false;
  }
}

export async function stampArchives(path: string, ecosystems: readonly Ecosystem[]): Promise<void> {
  const database = new AdvisoryDatabase(path);
  database.close();
  await writeAtOnce(stampPath(), describe(database, ecosystems));
}
