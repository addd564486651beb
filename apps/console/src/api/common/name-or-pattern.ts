import { plainText } from './plain-text.ts';

/** A filter for names. */
export const nameOrPattern = plainText(200)
  .min(1)
  .optional()
  .openapi({ description: 'Exact, or with * for any characters.' });
