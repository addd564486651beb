import { getCookie } from 'hono/cookie';
import { clearSessionCookie, sessionCookieName } from '../../access/session-cookie.ts';
import { endSession } from '../../access/sessions.ts';
import { defineOperation } from '../common/operation.ts';
import { signOutRoute } from './sign-out.schema.ts';

export const signOutOperation = defineOperation(signOutRoute, ({ database, secure }) => async (context) => {
  const secret = getCookie(context, sessionCookieName(secure));
  if (secret !== undefined) await endSession(database, secret);
  clearSessionCookie(context, secure);
  return context.body(null, 204);
});
