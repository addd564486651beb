import type { Role } from '../api/session.ts';

export const roleNames: Record<Role, string> = { admin: 'Administrator', viewer: 'Viewer', build: 'Build' };
