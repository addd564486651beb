import { createHash } from 'node:crypto';

/** The same for the same fault from run to run: made of what it is about, and not of lines, which move. */
export function findingId(...about: string[]): string {
  return createHash('sha256').update(about.join('\0')).digest('hex').slice(0, 32);
}
