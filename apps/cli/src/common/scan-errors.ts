import { ScanError } from '@ringfence/scan';
import { CliError } from './cli-error.ts';

/** Does `work`; what the scanner says about bad input becomes an error for people. */
export async function withScanErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScanError) throw new CliError('usage', error.message);
    throw error;
  }
}
