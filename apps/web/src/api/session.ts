import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiProblem } from './api-problem.ts';
import { callApi } from './call-api.ts';

export const role = z.enum(['admin', 'viewer', 'build']);
export type Role = z.infer<typeof role>;

const session = z.object({
  name: z.string(),
  role,
  expiresAt: z.string().nullable(),
});

export type Session = z.infer<typeof session>;

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await callApi('/api/session', session, { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

/** Signs in; the session comes as a cookie. */
export const signIn = (body: { email: string; password: string }) =>
  callApi('/api/session', session, { method: 'POST', body });

/** Ends the session. */
export const signOut = () => callApi('/api/session', z.undefined(), { method: 'DELETE' });

/** Makes the first administrator with the one-time token that the first start prints, and signs them in. */
export const setUp = (body: { token: string; email: string; password: string }) =>
  callApi('/api/setup', session, { method: 'POST', body });
