import { Worker } from 'node:worker_threads';
import { StoreError } from './store-error.ts';

type Result = { rows: unknown[]; affectedRows?: number };
type Reply = { id: number; result?: Result; error?: { message: string; code?: string; constraint?: string } };
type Waiting = { resolve: (result: Result) => void; reject: (error: Error) => void };

/** Talks to the embedded store in its thread; what Kysely's PGlite dialect needs of PGlite. */
export class PgliteClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: Reply | { failed: string }) =>
      'failed' in reply ? this.#end(new StoreError(reply.failed)) : this.#settle(reply),
    );
    worker.on('error', (error) => this.#end(new StoreError('the embedded store failed', { cause: error })));
    worker.on('exit', () => this.#end(new StoreError('the embedded store is closed')));
  }

  /** Opens the store in the folder, or makes it there. Rejects with what PGlite says when it can't. */
  static async open(folder: string): Promise<PgliteClient> {
    const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), { workerData: { folder } });
    const client = new PgliteClient(worker);
    await client.#send({ sql: 'select 1' });
    return client;
  }

  query(sql: string, parameters: unknown[] = []): Promise<Result> {
    return this.#send({ sql, parameters });
  }

  /** Resolves when everything is on the disk and the thread has ended. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.#send({});
    await exited;
  }

  #send(message: { sql?: string; parameters?: unknown[] }): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  #settle({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) {
      const { message, ...details } = error;
      waiting?.reject(Object.assign(new Error(message), details));
    } else waiting?.resolve(result ?? { rows: [] });
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
