import { Audit } from '@ringfence/audit';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type AuditFilter, toAuditQuery } from '../pages/audits/audit-search.ts';
import { callApi } from './call-api.ts';

/** An audit with what the Console adds: when it was stored, and the function's id. */
export const storedAudit = Audit.and(z.object({ functionId: z.string(), receivedAt: z.string() }));
export type StoredAudit = z.infer<typeof storedAudit>;

const auditPage = z.object({ items: z.array(storedAudit), next: z.string().nullable() });
const auditWithLine = storedAudit.and(z.object({ line: z.string() }));

/** Pages of audits, newest first. */
export const auditsQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audits', filter],
    staleTime: 0,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = toAuditQuery(filter, new Date());
      query.set('limit', '100');
      if (pageParam) query.set('before', pageParam);
      return callApi(`/api/audits?${query}`, auditPage, { signal });
    },
    getNextPageParam: (page) => page.next,
  });

/** One audit with the line exactly as the Defender sent it. */
export const auditQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => callApi(`/api/audits/${encodeURIComponent(id)}`, auditWithLine, { signal }),
  });
