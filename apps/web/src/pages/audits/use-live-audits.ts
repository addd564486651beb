import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { auditsQuery, type StoredAudit } from '../../api/audits.ts';
import { type AuditFilter, toAuditQuery } from './audit-search.ts';
import { followAudits, type StreamState } from './follow-audits.ts';

const liveLimit = 1000;

/**
 * The list of audits: pages from the store with new ones on top as they come.
 * While `held`, new ones wait and only their number is told, so that the list stands still for its reader.
 */
export function useLiveAudits(filter: AuditFilter, held: boolean) {
  const cache = useQueryClient();
  const pages = useInfiniteQuery(auditsQuery(filter));
  const [fresh, setFresh] = useState<StoredAudit[]>([]);
  const [shownFresh, setShownFresh] = useState(0);
  const [state, setState] = useState<StreamState>('connecting');
  const followed = !filter.to || Boolean(filter.since);

  const reload = useCallback(async () => {
    await cache.invalidateQueries({ queryKey: auditsQuery(filter).queryKey });
  }, [cache, filter]);

  useEffect(() => {
    setFresh([]);
    setShownFresh(0);
    if (!followed) return;
    return followAudits(toAuditQuery(filter, null), {
      onState: setState,
      // Held for long, the rest is left to the store: `showWaiting` reads it again.
      onAudits: (audits) =>
        setFresh((before) => (before.length > 2 * liveLimit ? before : [...audits, ...before])),
      onGap: reload,
    });
  }, [filter, followed, reload]);

  useEffect(() => {
    if (!held) setShownFresh(fresh.length);
  }, [held, fresh.length]);

  useEffect(() => {
    if (shownFresh <= liveLimit) return;
    // After a flood the store's pages take over again, so that memory stays bounded.
    void cache.resetQueries({ queryKey: auditsQuery(filter).queryKey }).then(() => {
      setFresh([]);
      setShownFresh(0);
    });
  }, [cache, filter, shownFresh]);

  const stored = pages.data;
  const items = useMemo(() => {
    const shown = fresh.slice(fresh.length - shownFresh);
    const byId = new Map<string, StoredAudit>();
    for (const audit of [...shown, ...(stored?.pages.flatMap((page) => page.items) ?? [])])
      if (!byId.has(audit.id)) byId.set(audit.id, audit);
    return [...byId.values()];
  }, [fresh, shownFresh, stored]);

  return {
    items,
    /** Ids of the audits that came while the page was open. */
    freshIds: useMemo(() => new Set(fresh.map((audit) => audit.id)), [fresh]),
    waiting: fresh.length - Math.min(shownFresh, fresh.length),
    showWaiting: () => setShownFresh(fresh.length),
    state: followed ? state : ('fixed' as const),
    pages,
  };
}
