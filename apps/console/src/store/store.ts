import type { Database } from './tables.ts';

/** Where everything is kept: a transaction that committed is on the disk, in both kinds of store. */
export type Store = {
  database: Database;
  /** PostgreSQL inside this process; nobody else cleans up or writes checkpoints there. */
  embedded: boolean;
  /** Whether there is little room left, so that no more audits may be taken. */
  isNearlyFull: () => boolean;
  close: () => Promise<void>;
};
