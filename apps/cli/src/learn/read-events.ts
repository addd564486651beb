import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { readEvent } from '../run/parse-run-arguments.ts';

/** The events in a folder, `*.json` in the order of their names. Throws a usage error for what is no event, and when there is none. */
export async function readEvents(folder: string): Promise<Buffer[]> {
  const names = await withPath('usage', folder, () => readdir(folder));
  const events = names.filter((name) => name.endsWith('.json')).sort();
  if (events.length === 0)
    throw new CliError(
      'usage',
      `${folder} holds no events.`,
      'Put one file for each event there, such as upload.json.',
    );
  return Promise.all(events.map((name) => readEvent(join(folder, name))));
}
