import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseBuilder, type Imported, importAdvisories } from '@ringfence/scan';
import { CliError } from '../common/cli-error.ts';
import type { Progress } from '../common/progress.ts';
import { withScanErrors } from '../common/scan-errors.ts';
import { withPath } from '../common/system-error.ts';

export interface MadeDatabase {
  path: string;
  advisories: number;
  sources: ({ source: string } & Imported)[];
}

/** Writes a database of all sources, in place of an older one only when it is whole. Throws a usage error where there is nothing in them. */
export async function makeDatabase(
  path: string,
  sources: string[],
  progress: Progress,
): Promise<MadeDatabase> {
  const builder = new DatabaseBuilder();
  const imported: MadeDatabase['sources'] = [];
  for (const source of sources) {
    const result = await withScanErrors(() =>
      importAdvisories(source, builder, (files) => progress.show(`reading ${source}`, files)),
    );
    imported.push({ source, ...result });
  }
  if (builder.count === 0)
    throw new CliError('usage', `${sources.join(', ')}: there are no advisories in it.`);
  progress.show('writing the database');
  await withPath('environment', path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await builder.write(path);
  });
  return { path, advisories: builder.count, sources: imported };
}
