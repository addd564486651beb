import { z } from '@hono/zod-openapi';
import { roleSchema } from '../common/role.schema.ts';

/** Who is asking. */
export const sessionSchema = z
  .object({
    kind: z.enum(['person', 'token']),
    name: z.string().openapi({ description: "The person's e-mail address, or the API token's name." }),
    role: roleSchema,
    expiresAt: z.iso.datetime().nullable(),
  })
  .openapi('Session');
