import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '../api/common/allow.ts';
import { ApiError } from '../api/common/api-error.ts';
import type { Database } from '../store/tables.ts';
import { findApiToken } from './api-tokens.ts';
import { sessionCookieName } from './session-cookie.ts';
import { findSession } from './sessions.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Did a page of this Console send the request? Browsers say so by themselves; a page can't change these headers. */
function isFromOwnPage(context: Context): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = context.req.header('origin');
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === context.req.header('host');
}

/**
 * Finds out who sends the request: by API token, else by the session cookie. A cookie goes along with requests that other
 * sites make a browser send, so writes with it must come from a page of this Console.
 */
export const identify = (database: Database, { secure }: { secure: boolean }) =>
  createMiddleware<ApiEnv>(async (context, next) => {
    const authorization = context.req.header('authorization');
    const cookie = getCookie(context, sessionCookieName(secure));
    if (authorization !== undefined) {
      const [, token] = /^Bearer (rft_[\w-]{43})$/i.exec(authorization) ?? [];
      context.set('principal', token === undefined ? undefined : await findApiToken(database, token));
    } else {
      const fromBrowser = cookie !== undefined || context.req.header('sec-fetch-site') !== undefined;
      if (fromBrowser && !SAFE_METHODS.includes(context.req.method) && !isFromOwnPage(context))
        throw new ApiError(403, 'This request did not come from a page of this Console.');
      context.set('principal', cookie === undefined ? undefined : await findSession(database, cookie));
    }
    await next();
  });
