import { z } from 'zod';

const text = z.string().max(200).optional().catch(undefined);

/** What the address of the Audits page holds: the filters and the audit shown in detail. */
export const auditSearch = z.object({
  type: text,
  action: text,
  effect: text,
  function: text,
  region: text,
  account: text,
  q: text,
  /** Relative range; wins over `from`. */
  since: z.enum(['15m', '1h', '24h', '7d', '30d']).optional().catch(undefined),
  /** Fixed range, ISO 8601 in UTC. */
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
  audit: text,
});

export type AuditSearch = z.infer<typeof auditSearch>;
export type AuditFilter = Omit<AuditSearch, 'audit'>;

export const sinceWords = {
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
} as const;

const sinceSeconds = { '15m': 900, '1h': 3600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 } as const;

/** The filter as a query of the API; a relative range counts back from `now`. The stream takes no times. */
export function toAuditQuery(filter: AuditFilter, now: Date | null): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of ['type', 'action', 'effect', 'function', 'region', 'account', 'q'] as const) {
    const value = filter[key]?.trim();
    if (value) query.set(key, value);
  }
  if (!now) return query;
  const from = filter.since
    ? new Date(now.getTime() - sinceSeconds[filter.since] * 1000).toISOString()
    : filter.from;
  if (from) query.set('from', from);
  if (filter.to && !filter.since) query.set('to', filter.to);
  return query;
}

/** How many filters are set, for the label of the filter button. */
export function countFilters(filter: AuditFilter): number {
  const { type, action, effect, function: name, region, account, since, from, to } = filter;
  return [type, action, effect, name, region, account, since ?? from ?? to].filter(Boolean).length;
}
