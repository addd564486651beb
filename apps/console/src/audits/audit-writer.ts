import type { Database } from '../store/tables.ts';
import { insertAudits } from './insert-audits.ts';
import type { ReceivedAudit } from './read-audits.ts';

export type WriteCounts = { accepted: number; duplicates: number };

type Batch = {
  functionId: string;
  audits: ReceivedAudit[];
  resolve: (counts: WriteCounts) => void;
  reject: (error: unknown) => void;
};

/** Rows of one transaction; larger ones gain nothing and keep others waiting. */
const ROWS_AT_ONCE = 1_000;
/** Audits that may wait: some seconds of work, some 20 MB. */
const WAITING_LIMIT = 20_000;

/**
 * Writes audits to the store: all batches that wait go into one transaction, so that one fsync serves many senders.
 */
export class AuditWriter {
  readonly #database: Database;
  readonly #queue: Batch[] = [];
  #waiting = 0;
  #running: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether the store is too far behind to take more. */
  get isFull(): boolean {
    return this.#waiting >= WAITING_LIMIT;
  }

  /**
   * Stores the audits of one function. Resolves when they are committed, with how many were new; the id decides.
   * Rejects when none of them was stored.
   */
  write(functionId: string, audits: ReceivedAudit[]): Promise<WriteCounts> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ functionId, audits, resolve, reject });
      this.#waiting += audits.length;
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) await this.#writeTogether(this.#takeBatches());
    this.#running = undefined;
  }

  #takeBatches(): Batch[] {
    let rows = 0;
    let count = 0;
    for (const { audits } of this.#queue) {
      if (count > 0 && rows + audits.length > ROWS_AT_ONCE) break;
      rows += audits.length;
      count++;
    }
    this.#waiting -= rows;
    return this.#queue.splice(0, count);
  }

  async #writeTogether(batches: Batch[]): Promise<void> {
    try {
      const counts = await this.#insert(batches);
      for (const [index, { resolve }] of batches.entries())
        resolve(counts[index] ?? { accepted: 0, duplicates: 0 });
    } catch (error) {
      // One batch that the store refuses must not take the others with it.
      if (batches.length === 1) batches[0]?.reject(error);
      else for (const batch of batches) await this.#writeTogether([batch]);
    }
  }

  async #insert(batches: Batch[]): Promise<WriteCounts[]> {
    const first = new Map<string, { batch: number; functionId: string; received: ReceivedAudit }>();
    for (const [batch, { functionId, audits }] of batches.entries())
      for (const received of audits)
        if (!first.has(received.audit.id)) first.set(received.audit.id, { batch, functionId, received });
    const rows = [...first.values()];
    const stored = await this.#database
      .transaction()
      .execute((transaction) => insertAudits(transaction, rows));
    const counts = batches.map(({ audits }) => ({ accepted: 0, duplicates: audits.length }));
    for (const id of stored) {
      const batch = counts[first.get(id)?.batch ?? -1];
      if (!batch) continue;
      batch.accepted++;
      batch.duplicates--;
    }
    return counts;
  }
}
