import { z } from '@hono/zod-openapi';

/** Text of one line. Control characters and broken surrogates would be refused by the store. */
export const plainText = (limit: number) =>
  z
    .string()
    .max(limit)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
