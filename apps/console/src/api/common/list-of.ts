import { z } from '@hono/zod-openapi';

/** A filter that takes several words. */
export const listOf = <const Values extends readonly string[]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: 'string', description: `One or more of ${values.join(', ')}, separated by commas.` });
