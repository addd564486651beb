// The embedded store in a thread of its own, so that a long query never keeps the Console from answering.
import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from './open-pglite.js';

/** Emscripten's number for a full disk. */
const ENOSPC = 51;
const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const opening = openPglite(workerData.folder, (error) => {
  const { errno, code } = /** @type {{ errno?: number, code?: string }} */ (error);
  port.postMessage({
    failed: `the disk refused a write (${code ?? (errno === ENOSPC ? 'it is full' : errno)})`,
  });
  process.exit(1);
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
