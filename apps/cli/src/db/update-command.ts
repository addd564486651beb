import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseBuilder, type Imported, importAdvisories } from '@ringfence/scan';
import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { type Progress, startProgress } from '../common/progress.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { withScanErrors } from '../common/scan-errors.ts';
import { withPath } from '../common/system-error.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { databaseFlag, databasePath } from './database-path.ts';

const mostShown = 10;

export const updateCommand = defineCommand({
  meta: { name: 'update', description: 'Make the advisory database anew.' },
  args: {
    from: {
      type: 'string',
      description:
        'A folder or an archive (.zip, .tar, .tar.gz, .tar.xz) of OSV records in JSON or YAML, or of the Ruby advisory database. May be given several times.',
      valueHint: 'PATH…',
      required: true,
    },
    db: databaseFlag,
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args, rawArgs }) {
    const from = readRepeated('from', rawArgs);
    const path = databasePath(args.db);
    const builder = new DatabaseBuilder();
    const progress = startProgress();
    const sources: ({ source: string } & Imported)[] = [];
    try {
      for (const source of from) sources.push({ source, ...(await importSource(source, builder, progress)) });
      if (builder.count === 0)
        throw new CliError('usage', `${from.join(', ')}: there are no advisories in it.`);
      progress.show('writing the database');
      await withPath('environment', path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await builder.write(path);
      });
    } finally {
      progress.end();
    }
    if (args.json)
      return printLine(JSON.stringify({ path, advisories: builder.count, sources }, undefined, 2));
    for (const source of sources) reportSource(source);
    printLine(`${path}: ${builder.count.toLocaleString('en')} advisories.`);
  },
});

const importSource = (source: string, builder: DatabaseBuilder, progress: Progress): Promise<Imported> =>
  withScanErrors(() =>
    importAdvisories(source, builder, (files) => progress.show(`reading ${source}`, files)),
  );

function reportSource({ source, taken, leftOut, broken, brokenCount }: { source: string } & Imported): void {
  printNote(`${source}: ${taken} advisories taken, ${leftOut} withdrawn or about nothing that is scanned.`);
  if (brokenCount === 0) return;
  printNote(`${source}: ${brokenCount} files are no advisories:`);
  for (const each of broken.slice(0, mostShown)) printNote(`  ${each}`);
}
