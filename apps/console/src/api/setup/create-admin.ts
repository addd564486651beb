import { AttemptLimiter } from '../../access/attempt-limiter.ts';
import { setSessionCookie } from '../../access/session-cookie.ts';
import { startSession } from '../../access/sessions.ts';
import { createAdmin } from '../../access/users.ts';
import { ApiError } from '../common/api-error.ts';
import { findClientAddress } from '../common/client-address.ts';
import { defineOperation } from '../common/operation.ts';
import { createAdminRoute } from './create-admin.schema.ts';

export const createAdminOperation = defineOperation(createAdminRoute, ({ database, secure }) => {
  const limiter = new AttemptLimiter(20, 15 * 60 * 1000);
  return async (context) => {
    const address = findClientAddress(context);
    const wait = limiter.getWait(address);
    if (wait > 0) throw new ApiError(429, 'Too many attempts.', { headers: { 'Retry-After': `${wait}` } });
    limiter.begin(address);
    const { email, ...secrets } = context.req.valid('json');
    const result = await createAdmin(database, { email, ...secrets });
    if (result === 'already set up') throw new ApiError(409, 'The admin exists already; sign in instead.');
    if (result === 'wrong token')
      throw new ApiError(
        403,
        'This link is not valid; use the one that the last start of the Console printed.',
      );
    const session = await startSession(database, result.userId);
    setSessionCookie(context, secure, session);
    const { expiresAt } = session;
    return context.json(
      { kind: 'person' as const, name: email.toLowerCase(), role: 'admin' as const, expiresAt },
      201,
    );
  };
});
