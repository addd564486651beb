import { FunctionIdentity } from '@ringfence/policy/schema';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const defender = z.object({
  functionId: z.string(),
  function: FunctionIdentity,
  registeredAt: z.string().nullable(),
  firstSeen: z.string().nullable(),
  lastSeen: z.string().nullable(),
  version: z.string().nullable(),
  defenderVersion: z.string().nullable(),
  tier: z.string().nullable(),
  coverage: z.record(z.string(), z.unknown()).nullable(),
  policyRevision: z.number().nullable(),
  instances: z.number(),
});
export type Defender = z.infer<typeof defender>;

/** The functions that are registered or were heard from (administrators only). */
export const defendersQuery = queryOptions({
  queryKey: ['defenders'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) =>
    callApi('/api/defenders', z.object({ items: z.array(defender), currentRevision: z.number() }), {
      signal,
    }),
});
