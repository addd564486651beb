import { AttemptLimiter } from '../../access/attempt-limiter.ts';
import { setSessionCookie } from '../../access/session-cookie.ts';
import { startSession } from '../../access/sessions.ts';
import { findUser } from '../../access/users.ts';
import { ApiError } from '../common/api-error.ts';
import { findClientAddress } from '../common/client-address.ts';
import { defineOperation } from '../common/operation.ts';
import { signInRoute } from './sign-in.schema.ts';

const WINDOW_MS = 15 * 60 * 1000;

export const signInOperation = defineOperation(signInRoute, ({ database, secure }) => {
  const byEmail = new AttemptLimiter(10, WINDOW_MS);
  const byAddress = new AttemptLimiter(50, WINDOW_MS);
  return async (context) => {
    const { email, password } = context.req.valid('json');
    const person = email.toLowerCase();
    const address = findClientAddress(context);
    const wait = Math.max(byEmail.getWait(person), byAddress.getWait(address));
    if (wait > 0)
      throw new ApiError(429, 'Too many attempts to sign in.', { headers: { 'Retry-After': `${wait}` } });
    byEmail.begin(person);
    byAddress.begin(address);
    const user = await findUser(database, email, password);
    if (!user) throw new ApiError(401, 'The e-mail address or the password is wrong.');
    byEmail.clear(person);
    byAddress.clear(address);
    const session = await startSession(database, user.id);
    setSessionCookie(context, secure, session);
    const { role, email: name } = user;
    return context.json({ kind: 'person' as const, name, role, expiresAt: session.expiresAt }, 200);
  };
});
