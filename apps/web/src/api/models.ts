import { ModelEntry } from '@ringfence/audit';
import { Collection, FunctionIdentity, RuntimeRule } from '@ringfence/policy/schema';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const summary = z.object({
  functionId: z.string(),
  function: FunctionIdentity,
  state: z.enum(['waiting', 'learning', 'learnt']),
  sections: z.array(z.enum(['process', 'network', 'files'])),
  limits: z.object({ invocations: z.number(), seconds: z.number() }).nullable(),
  invocations: z.number(),
  instances: z.number(),
  entries: z.number(),
  since: z.number().nullable(),
  last: z.number().nullable(),
});
export type ModelSummary = z.infer<typeof summary>;

const suggestion = z.object({ collection: Collection, rule: RuntimeRule, yaml: z.string() });

/** What functions have learned, in numbers. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  refetchInterval: 10_000,
  queryFn: ({ signal }) => callApi('/api/models', z.object({ items: z.array(summary) }), { signal }),
});

/** All that one function has learned. */
export const modelQuery = (functionId: string) =>
  queryOptions({
    queryKey: ['models', functionId],
    refetchInterval: 10_000,
    queryFn: ({ signal }) =>
      callApi(`/api/models/${functionId}`, z.object({ model: summary, entries: z.array(ModelEntry) }), {
        signal,
      }),
  });

/** The rule that would have allowed what a function has learned; asked anew each time. */
export const suggestionQuery = (functionId: string) =>
  queryOptions({
    queryKey: ['models', functionId, 'suggestion'],
    staleTime: 0,
    queryFn: ({ signal }) => callApi(`/api/models/${functionId}/suggestion`, suggestion, { signal }),
  });

/** Forgets what a function has learned (administrators only). */
export const resetModel = (functionId: string) =>
  callApi(`/api/models/${functionId}`, z.undefined(), { method: 'DELETE' });
