import { z } from '@hono/zod-openapi';

/** An error as the API answers it, after RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string().openapi({ example: 'Bad Request' }),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'What went wrong, in one sentence.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'Each field that was refused, as a path from the start of the input.' }),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;
