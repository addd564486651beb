import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';
import { role } from './session.ts';

const token = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiToken = z.infer<typeof token>;

/** All API tokens, newest first (administrators only). */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => callApi('/api/tokens', z.object({ items: z.array(token) }), { signal }),
});

/** Makes an API token; the answer is the only place that ever holds the token itself. */
export const createToken = (body: { name: string; role: ApiToken['role']; expiresInDays?: number }) =>
  callApi('/api/tokens', token.extend({ token: z.string() }), { method: 'POST', body });

/** Makes an API token worthless at once. */
export const deleteToken = (id: string) =>
  callApi(`/api/tokens/${encodeURIComponent(id)}`, z.undefined(), { method: 'DELETE' });
