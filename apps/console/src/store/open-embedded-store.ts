import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { PGliteDialect } from 'kysely-pglite-dialect';
import type { Logger } from 'pino';
import { UserError } from '../user-error.ts';
import { RESERVE_MIB, readFreeMib, watchFreeSpace } from './free-space.ts';
import { lockFolder } from './lock-folder.ts';
import { PgliteClient } from './pglite-client.ts';
import type { Store } from './store.ts';
import { syncFolder } from './sync-folder.ts';

/** PGlite does not always come back from opening on a full disk, so it is not tried. */
function refuseFullDisk(folder: string): void {
  const freeMib = readFreeMib(folder);
  if (freeMib >= RESERVE_MIB) return;
  throw new UserError(
    `The disk of the data folder ${folder} has only ${freeMib} MiB left.`,
    `Make room for at least ${RESERVE_MIB} MiB, or choose another folder with --data.`,
  );
}

/** Makes the store aside and moves it into place when it is whole and on the disk, so that a crash leaves no half store. */
async function makeStore(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const client = await PgliteClient.open(unfinished);
  await client.close();
  syncFolder(unfinished);
  renameSync(unfinished, folder);
  syncFolder(join(folder, '..'), { recursive: false });
}

/**
 * Opens the embedded PostgreSQL in `<data folder>/store`, or makes it there.
 * Throws `UserError` when the folder can't be written, is in use, or the store in it does not open.
 */
export async function openEmbeddedStore(dataFolder: string, log?: Logger): Promise<Store> {
  let unlock: () => void;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    unlock = lockFolder(dataFolder);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The data folder ${dataFolder} can't be written (${(error as NodeJS.ErrnoException).code ?? error}).`,
      'Give this user write access to it, or choose another folder with --data.',
      { cause: error },
    );
  }
  const folder = join(dataFolder, 'store');
  try {
    refuseFullDisk(dataFolder);
    if (!existsSync(folder)) await makeStore(folder);
    const client = await PgliteClient.open(folder);
    return {
      // The dialect asks for PGlite itself but only calls these two.
      database: new Kysely({ dialect: new PGliteDialect(client as unknown as PGlite) }),
      embedded: true,
      isNearlyFull: watchFreeSpace(folder, (isLow) =>
        log?.warn(
          isLow
            ? 'the disk is nearly full: audits are refused until there is room'
            : 'there is room on the disk again: audits are taken',
        ),
      ),
      close: async () => {
        await client.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The store in ${folder} does not open: ${(error as Error).message}`,
      'Restore the data folder from a backup (docs/console.md), or choose another folder with --data.',
      { cause: error },
    );
  }
}
