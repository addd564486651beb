import { createMiddleware } from 'hono/factory';
import type { Principal } from '../../access/principal.ts';
import { ApiError } from './api-error.ts';
import type { Role } from './role.schema.ts';

export type ApiEnv = { Variables: { principal: Principal | undefined } };
export type SignedInEnv = { Variables: { principal: Principal } };

/** Lets pass whoever is signed in with one of the roles, or as admin; answers 401 and 403 to the others. */
export const allow = (...roles: Role[]) =>
  createMiddleware<SignedInEnv>(async (context, next) => {
    const principal = (context as unknown as { var: ApiEnv['Variables'] }).var.principal;
    if (!principal)
      throw new ApiError(401, 'Sign in, or send an API token as "Authorization: Bearer rft_…".');
    if (principal.role !== 'admin' && !roles.includes(principal.role))
      throw new ApiError(
        403,
        `This takes the role ${[...new Set(['admin', ...roles])].join(' or ')}; "${principal.name}" has ${principal.role}.`,
      );
    await next();
  });
