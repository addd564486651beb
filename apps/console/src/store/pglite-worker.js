// The embedded store in a thread of its own, so that a long query never keeps the Console from answering.
// Plain JavaScript, because Node 20 starts a thread from a TypeScript source only through a loader.
import { fsyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);

/** PGlite's file system leaves fsync out; with it a commit is on the disk as with any PostgreSQL. */
class DurableFs extends NodeFS {
  /** @override @type {NodeFS['init']} */
  async init(pg, options) {
    const { emscriptenOpts } = await super.init(pg, options);
    const addFsync = (/** @type {any} */ module) => {
      module.NODEFS.stream_ops.fsync = (/** @type {{ nfd: number }} */ stream) => {
        fsyncSync(stream.nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

const settings = ['fsync=on', 'wal_sync_method=fsync', 'shared_buffers=64MB', 'max_wal_size=256MB'];

const opening = PGlite.create({
  fs: new DurableFs(workerData.folder),
  startParams: [
    // -F turns fsync off.
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...settings.flatMap((setting) => ['-c', setting]),
  ],
});

port.on('message', async ({ id, sql, parameters }) => {
  try {
    const store = await opening;
    if (sql === undefined) {
      await store.close();
      port.postMessage({ id });
      port.close();
    } else {
      const { rows, affectedRows } = await store.query(sql, parameters);
      port.postMessage({ id, result: { rows, affectedRows } });
    }
  } catch (error) {
    const { message, code, constraint } = /** @type {Error & Record<string, unknown>} */ (error);
    port.postMessage({ id, error: { message: String(message ?? error), code, constraint } });
  }
});
