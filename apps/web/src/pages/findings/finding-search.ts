import { z } from 'zod';

const text = z.string().max(200).optional().catch(undefined);

/** What the tabs show: findings that are there, those of them that are new, and those that no longer count. */
export const TABS = {
  open: { label: 'Open', states: ['new', 'open'] },
  new: { label: 'New', states: ['new'] },
  fixed: { label: 'Fixed since', states: ['fixed'] },
  suppressed: { label: 'Suppressed', states: ['suppressed'] },
} as const;
export type FindingTab = keyof typeof TABS;

/** What the address of the Findings page holds: the tab, the grouping, the filters, and the finding shown in detail. */
export const findingSearch = z.object({
  tab: z.enum(['open', 'new', 'fixed', 'suppressed']).optional().catch(undefined),
  by: z.enum(['function', 'advisory']).optional().catch(undefined),
  severity: text,
  kind: text,
  reachable: text,
  function: text,
  functionId: text,
  rule: text,
  q: text,
  /** Function, tool and id of a finding. */
  finding: text,
});
export type FindingSearch = z.infer<typeof findingSearch>;

const FILTERS = ['severity', 'kind', 'reachable', 'function', 'functionId', 'rule', 'q'] as const;

/** The filters and the tab as a query of the API. */
export function toFindingQuery(search: FindingSearch): URLSearchParams {
  const query = new URLSearchParams({ state: TABS[search.tab ?? 'open'].states.join(',') });
  for (const key of FILTERS) {
    const value = search[key]?.trim();
    if (value) query.set(key, value);
  }
  return query;
}

export const isFiltered = (search: FindingSearch): boolean => FILTERS.some((key) => search[key]);
