import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** @typedef {(descriptor: number) => void} Sync */

/** PGlite's file system leaves fsync out; with it a commit is on the disk as with any PostgreSQL. */
class DurableFs extends NodeFS {
  /** @type {Sync} */
  #sync;

  /**
   * @param {string} folder
   * @param {Sync} sync
   */
  constructor(folder, sync) {
    super(folder);
    this.#sync = sync;
  }

  /** @override @type {NodeFS['init']} */
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (/** @type {any} */ module) => {
      module.NODEFS.stream_ops.fsync = (/** @type {{ nfd: number }} */ stream) => {
        this.#sync(stream.nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

const settings = ['fsync=on', 'wal_sync_method=fsync', 'shared_buffers=64MB', 'max_wal_size=256MB'];

/**
 * Opens PGlite in the folder so that a transaction that committed is on the disk.
 * Plain JavaScript, because Node 20 starts a thread from a TypeScript source only through a loader.
 * @param {string} folder
 * @param {Sync} [sync] puts a file or folder on the disk; only tests give another
 */
export const openPglite = (folder, sync = fsyncSync) =>
  PGlite.create({
    fs: new DurableFs(folder, sync),
    startParams: [
      // -F turns fsync off.
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
  });
