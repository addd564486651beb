import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';

/** The prefix makes browsers refuse the cookie from anything but this host over TLS. */
export const sessionCookieName = (secure: boolean): string =>
  secure ? '__Host-ringfence' : 'ringfence_session';

const describeCookie = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', secure }) as const;

export function setSessionCookie(
  context: Context,
  secure: boolean,
  session: { secret: string; expiresAt: string },
): void {
  setCookie(context, sessionCookieName(secure), session.secret, {
    ...describeCookie(secure),
    expires: new Date(session.expiresAt),
  });
}

export const clearSessionCookie = (context: Context, secure: boolean): void => {
  deleteCookie(context, sessionCookieName(secure), describeCookie(secure));
};
