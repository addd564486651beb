import { DownloadError, ScanError } from '@ringfence/scan';
import { CliError } from './cli-error.ts';

/** Does `work`; what the scanner says about bad input and failed downloads becomes an error for people. */
export async function withScanErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScanError) throw new CliError('usage', error.message);
    if (error instanceof DownloadError)
      throw new CliError(
        'environment',
        error.message,
        'Without a way to it: fetch the archives where there is one, and give them with --from.',
      );
    throw error;
  }
}
