import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Ringfence keeps what it can make again, by the XDG Base Directory Specification. */
export function cacheFolder(): string {
  const cache = process.env.XDG_CACHE_HOME;
  return join(cache?.startsWith('/') ? cache : join(homedir(), '.cache'), 'ringfence');
}

/** The advisory database that `--db` names, else one for all projects. */
export const databasePath = (flag: string | undefined): string =>
  flag ?? process.env.RINGFENCE_DB ?? join(cacheFolder(), 'advisories.db');

export const databaseFlag = {
  type: 'string',
  description:
    'The advisory database (or RINGFENCE_DB). Default: ringfence/advisories.db in XDG_CACHE_HOME or ~/.cache.',
  valueHint: 'FILE',
} as const;
