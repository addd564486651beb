import { exitCodes } from './exit-codes.ts';
import { printNote } from './terminal.ts';

/** Does `work`; Ctrl-C and a polite kill abort it, and everything it started is cleaned up before this resolves (with undefined). */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    printNote('Stopped.');
    process.exitCode = exitCodes.interrupted.code;
    return undefined;
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
  }
}
