import { ECOSYSTEMS, type Ecosystem, osvAddress } from '@ringfence/scan';
import { defineCommand } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { startProgress } from '../common/progress.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { databaseFlag, databasePath } from './database-path.ts';
import { fetchArchives, isMadeOfArchives, stampArchives } from './fetch-archives.ts';
import { type MadeDatabase, makeDatabase } from './make-database.ts';

const mostShown = 10;
const names = Object.keys(ECOSYSTEMS) as Ecosystem[];

export const updateCommand = defineCommand({
  meta: {
    name: 'update',
    description: "Make the advisory database anew: from OSV's archives, or from files that you have.",
  },
  args: {
    from: {
      type: 'string',
      description:
        'Instead of OSV: a folder or an archive (.zip, .tar, .tar.gz, .tar.xz) of OSV records in JSON or YAML, or of the Ruby advisory database. May be given several times.',
      valueHint: 'PATH…',
    },
    ecosystem: {
      type: 'enum',
      description: 'Fetch the archive of this one only. May be given several times. Default: all.',
      options: names,
      valueHint: `${names.join('|')}…`,
    },
    osv: {
      type: 'string',
      description: `Where the archives are, as ECOSYSTEM/all.zip below it (or RINGFENCE_OSV). Default: ${osvAddress}.`,
      valueHint: 'URL',
    },
    db: databaseFlag,
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args, rawArgs }) {
    const path = databasePath(args.db);
    const from = readRepeated('from', rawArgs);
    const chosen = readRepeated('ecosystem', rawArgs) as Ecosystem[];
    const ecosystems = chosen.length > 0 ? names.filter((name) => chosen.includes(name)) : names;
    const progress = startProgress();
    const update = () => (from.length > 0 ? makeDatabase(path, from, progress) : updateFromOsv());
    const made = await update().finally(progress.end);
    if (args.json) printLine(JSON.stringify({ path, isNew: made !== undefined, ...made }, undefined, 2));
    else if (made) reportDatabase(made);
    else printLine(`${path}: nothing has changed since it was made.`);

    async function updateFromOsv(): Promise<MadeDatabase | undefined> {
      const archives = await fetchArchives(readAddress(args.osv), ecosystems, progress);
      if (archives.every(({ isNew }) => !isNew) && (await isMadeOfArchives(path, ecosystems)))
        return undefined;
      const made = await makeDatabase(
        path,
        archives.map((archive) => archive.path),
        progress,
      );
      await stampArchives(path, ecosystems);
      return made;
    }
  },
});

function readAddress(flag: string | undefined): string {
  const address = flag ?? process.env.RINGFENCE_OSV ?? osvAddress;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new CliError('usage', `--osv ${address} is not an address such as ${osvAddress}.`);
}

function reportDatabase({ path, advisories, sources }: MadeDatabase): void {
  for (const { source, taken, leftOut, broken, brokenCount } of sources) {
    printNote(`${source}: ${taken} advisories taken, ${leftOut} withdrawn or about nothing that is scanned.`);
    if (brokenCount === 0) continue;
    printNote(`${source}: ${brokenCount} files are no advisories:`);
    for (const each of broken.slice(0, mostShown)) printNote(`  ${each.replace(/\p{Cc}+/gu, ' ')}`);
  }
  printLine(`${path}: ${advisories.toLocaleString('en')} advisories.`);
}
