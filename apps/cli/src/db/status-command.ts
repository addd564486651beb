import { stat } from 'node:fs/promises';
import { AdvisoryDatabase } from '@ringfence/scan';
import { defineCommand } from 'citty';
import { withScanErrors } from '../common/scan-errors.ts';
import { printLine } from '../common/terminal.ts';
import { databaseFlag, databasePath } from './database-path.ts';

export const statusCommand = defineCommand({
  meta: { name: 'status', description: 'Say what the advisory database knows, and how old it is.' },
  args: { db: databaseFlag, json: { type: 'boolean', description: 'Print the same as JSON.' } },
  async run({ args }) {
    const path = databasePath(args.db);
    const database = await withScanErrors(async () => new AdvisoryDatabase(path));
    const { advisories, packages, newest, made } = database;
    database.close();
    const { size } = await stat(path);
    if (args.json)
      return printLine(JSON.stringify({ path, advisories, packages, newest, made, size }, undefined, 2));
    printLine(`${path} (${(size / 1e6).toFixed(1)} MB)`);
    printLine(
      `${advisories.toLocaleString('en')} advisories about ${packages.toLocaleString('en')} packages`,
    );
    printLine(`made on ${day(made)}; the newest change in it is of ${day(newest)}`);
  },
});

const day = (date: Date): string => date.toISOString().slice(0, 10);
