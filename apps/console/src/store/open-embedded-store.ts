import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { PGliteDialect } from 'kysely-pglite-dialect';
import { UserError } from '../user-error.ts';
import { lockFolder } from './lock-folder.ts';
import { PgliteClient } from './pglite-client.ts';
import type { Store } from './store.ts';
import { syncFolder } from './sync-folder.ts';

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
export async function openEmbeddedStore(dataFolder: string): Promise<Store> {
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
    if (!existsSync(folder)) await makeStore(folder);
    const client = await PgliteClient.open(folder);
    return {
      // The dialect asks for PGlite itself but only calls these two.
      database: new Kysely({ dialect: new PGliteDialect(client as unknown as PGlite) }),
      embedded: true,
      close: async () => {
        await client.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw new UserError(
      `The store in ${folder} does not open: ${(error as Error).message}`,
      'If the disk is full, make room and start again; else restore the folder from a backup (docs/console.md).',
      { cause: error },
    );
  }
}
