import { z } from '@hono/zod-openapi';

/** How many items a page has at most. */
export const pageLimit = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, `must be 1 to ${most}`)
    .transform(Number)
    .pipe(z.number().min(1).max(most))
    .default(usual);
