import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** @typedef {(descriptor: number) => void} Sync */
/** @typedef {(error: unknown) => void} OnDiskFailure */

/**
 * PGlite's file system leaves fsync out; with it a commit is on the disk as with any PostgreSQL.
 * When the disk refuses a write or an fsync (full, broken), PGlite would try for ever; then it must end instead,
 * and the next start goes on from the write-ahead log.
 */
class DurableFs extends NodeFS {
  #sync;
  #onDiskFailure;

  /**
   * @param {string} folder
   * @param {Sync} sync
   * @param {OnDiskFailure} onDiskFailure
   */
  constructor(folder, sync, onDiskFailure) {
    super(folder);
    this.#sync = sync;
    this.#onDiskFailure = onDiskFailure;
  }

  /** @override @type {NodeFS['init']} */
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const guardWrites = (/** @type {any} */ module) => {
      const operations = module.NODEFS.stream_ops;
      const write = operations.write;
      operations.write = (/** @type {unknown[]} */ ...parameters) => this.#guard(() => write(...parameters));
      operations.fsync = (/** @type {{ nfd: number }} */ stream) => {
        this.#guard(() => this.#sync(stream.nfd));
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), guardWrites] } };
  }

  /**
   * @template Result
   * @param {() => Result} work
   */
  #guard(work) {
    try {
      return work();
    } catch (error) {
      this.#onDiskFailure(error);
      throw error;
    }
  }
}

const settings = ['fsync=on', 'wal_sync_method=fsync', 'shared_buffers=32MB', 'max_wal_size=256MB'];

/**
 * Opens PGlite in the folder so that a transaction that committed is on the disk.
 * Plain JavaScript, because Node 20 starts a thread from a TypeScript source only through a loader.
 * @param {string} folder
 * @param {OnDiskFailure} onDiskFailure must end the thread; PGlite can't be used any more
 * @param {Sync} [sync] puts a file or folder on the disk; only tests give another
 */
export const openPglite = (folder, onDiskFailure, sync = fsyncSync) =>
  PGlite.create({
    fs: new DurableFs(folder, sync, onDiskFailure),
    startParams: [
      // -F turns fsync off.
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
  });
