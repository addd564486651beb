import { z } from '@hono/zod-openapi';

/** Admins do everything; viewers read audits, findings and the policy; builds publish reports and register functions, and read nothing. */
export const roleSchema = z.enum(['admin', 'viewer', 'build']).openapi('Role');

export type Role = z.infer<typeof roleSchema>;
