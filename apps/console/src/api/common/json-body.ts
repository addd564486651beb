import type { z } from '@hono/zod-openapi';

/** OpenAPI content of one JSON body. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { 'application/json': { schema } },
});
