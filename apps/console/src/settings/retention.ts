import type { Database } from '../store/tables.ts';
import { readSetting, writeSetting } from './settings-store.ts';

const DEFAULT_DAYS = 30;

/** Days that audits are kept. */
export async function readRetentionDays(database: Database): Promise<number> {
  return Number((await readSetting(database, 'retention-days')) ?? DEFAULT_DAYS);
}

export const writeRetentionDays = (database: Database, days: number): Promise<void> =>
  writeSetting(database, 'retention-days', String(days));
