import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { AdvisoryDatabase } from '@ringfence/scan/open-database';
import type { Logger } from 'pino';
import type { Database } from '../store/tables.ts';
import { matchNextFunction } from './match-function.ts';

const CHECK_MS = 2_000;

/** Tells one file at a path from the next, which takes its place by a rename. */
async function identifyFile(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}`;
}

/**
 * Keeps findings in line with the advisory database in a file, which may come, change and go at any time: when it has changed,
 * and when a report was published, packages are matched against it.
 * @returns stops it and resolves when what was under way has ended
 */
export function followAdvisories(database: Database, path: string, log: Logger): () => Promise<void> {
  let known: string | undefined;
  let advisories: AdvisoryDatabase | undefined;
  let stopped = false;

  const openChanged = async () => {
    const identity = await identifyFile(path);
    if (identity === known) return;
    known = identity;
    advisories?.close();
    advisories = undefined;
    if (identity !== undefined) advisories = new AdvisoryDatabase(path);
  };
  const check = async () => {
    try {
      await openChanged();
      // Matching takes the thread for some milliseconds; requests get their turn between two functions.
      while (advisories && !stopped && (await matchNextFunction(database, advisories))) await setImmediate();
    } catch (error) {
      // The same file would fail again: it is tried no more until there is another.
      advisories?.close();
      advisories = undefined;
      log.error({ err: error, path }, 'findings could not be matched against the advisory database');
    }
  };

  let running = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    running = check().finally(() => {
      isBusy = false;
    });
  }, CHECK_MS).unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
    advisories?.close();
  };
}
