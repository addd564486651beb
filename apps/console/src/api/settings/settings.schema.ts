import { z } from '@hono/zod-openapi';

export const settingsSchema = z
  .object({
    retentionDays: z.number().int().min(1).max(3650).openapi({
      description: 'Audits older than this are deleted.',
    }),
  })
  .openapi('Settings');

export type Settings = z.infer<typeof settingsSchema>;
