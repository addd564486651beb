import { type ExitReason, exitCodes } from './exit-codes.ts';

/**
 * An error that a person can act on: it is shown as its message alone, without a stack trace.
 * The message names what is wrong and where; the hint says what to do.
 */
export class CliError extends Error {
  readonly reason: ExitReason;
  readonly hint: string | undefined;

  constructor(reason: ExitReason, message: string, hint?: string) {
    super(message);
    this.name = 'CliError';
    this.reason = reason;
    this.hint = hint;
  }

  get exitCode(): number {
    return exitCodes[this.reason].code;
  }
}
