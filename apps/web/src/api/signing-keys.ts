import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const signingKey = z.object({
  id: z.string(),
  publicKey: z.string(),
  createdAt: z.string(),
  current: z.boolean(),
});

/** The public signing keys, oldest first. */
export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: ({ signal }) => callApi('/api/signing-keys', z.object({ items: z.array(signingKey) }), { signal }),
});

/** Makes a new signing key, to which the old one signs a link. */
export const rotateSigningKey = () => callApi('/api/signing-keys/rotate', signingKey, { method: 'POST' });
