import { Policy } from '@ringfence/policy/schema';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { callApi } from './call-api.ts';

const policyDocument = z.object({ revision: z.number(), policy: Policy });
export type PolicyDocument = z.infer<typeof policyDocument>;

const revision = z.object({
  revision: z.number(),
  changedAt: z.string(),
  changedBy: z.string(),
  note: z.string(),
  changes: z.array(z.string()),
});
export type Revision = z.infer<typeof revision>;
const revisions = z.object({ items: z.array(revision), next: z.string().nullable() });

/** The stored policy and its revision. */
export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => callApi('/api/policy', policyDocument, { signal }),
});

/** The last revisions, newest first. */
export const revisionsQuery = queryOptions({
  queryKey: ['policy', 'history'],
  queryFn: ({ signal }) => callApi('/api/policy/history?limit=50', revisions, { signal }),
});

/** Stores the policy; with `revision` only when it is still the stored one (else problem 412). */
export const savePolicy = (policy: Policy, revision: number | undefined) =>
  callApi('/api/policy', policyDocument, {
    method: 'PUT',
    body: { policy },
    ...(revision !== undefined && { headers: { 'if-match': `"${revision}"` } }),
  });
