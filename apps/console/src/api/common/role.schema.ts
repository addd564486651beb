import { z } from '@hono/zod-openapi';

/** Admins do everything; viewers read audits and the policy. */
export const roleSchema = z.enum(['admin', 'viewer']).openapi('Role');

export type Role = z.infer<typeof roleSchema>;
