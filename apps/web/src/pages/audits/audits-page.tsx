import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AnnounceAudits } from './announce-audits.tsx';
import { AuditDrawer } from './audit-drawer.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditList } from './audit-list.tsx';
import type { AuditFilter } from './audit-search.ts';
import { LiveIndicator } from './live-indicator.tsx';
import { NoAudits } from './no-audits.tsx';
import { useAwayFromTop } from './use-away-from-top.ts';
import { useLiveAudits } from './use-live-audits.ts';

const route = getRouteApi('/signed-in/audits');

export function AuditsPage() {
  const { audit: openId, ...rest } = route.useSearch();
  const navigate = route.useNavigate();
  const key = JSON.stringify(rest);
  // The router makes a new object for each navigation; opening an audit must not look like a new filter.
  const filter = useMemo(() => JSON.parse(key) as AuditFilter, [key]);
  const [paused, setPaused] = useState(false);
  const away = useAwayFromTop();
  const { items, freshIds, waiting, showWaiting, state, pages } = useLiveAudits(filter, paused || away);
  const searchBox = useRef<HTMLInputElement>(null);

  const open = useCallback(
    (id: string | undefined) =>
      navigate({ search: (before) => ({ ...before, audit: id }), replace: true, resetScroll: false }),
    [navigate],
  );
  const change = (part: Partial<AuditFilter>) =>
    navigate({ search: (before) => ({ ...before, ...part, audit: undefined }), replace: true });
  const clear = () => navigate({ search: {}, replace: true });
  useShortcuts({ '/': () => searchBox.current?.focus(), l: () => setPaused(!paused) });

  const names = (read: (audit: (typeof items)[number]) => string) => [...new Set(items.map(read))].sort();
  const position = items.findIndex((audit) => audit.id === openId);
  return (
    <>
      <PageHeader title="Audits">
        <LiveIndicator state={state} paused={paused} onToggle={() => setPaused(!paused)} />
      </PageHeader>
      <AuditFilters
        filter={filter}
        onChange={change}
        onClear={clear}
        functions={names((audit) => audit.function.name)}
        regions={names((audit) => audit.function.region)}
        searchRef={searchBox}
      />
      <AnnounceAudits total={freshIds.size} />
      <div className="mt-3">
        {pages.error && <ProblemNotice error={pages.error} onRetry={() => pages.refetch()} />}
        {items.length > 0 || waiting > 0 ? (
          <AuditList
            items={items}
            freshIds={freshIds}
            openId={openId}
            onOpen={open}
            waiting={waiting}
            onShowWaiting={() => {
              showWaiting();
              window.scrollTo({ top: 0 });
            }}
            pages={pages}
          />
        ) : pages.isPending ? (
          <Loading label="Loading audits" />
        ) : (
          !pages.hasNextPage && !pages.error && <NoAudits filtered={key !== '{}'} onClear={clear} />
        )}
      </div>
      {openId && (
        <AuditDrawer
          id={openId}
          known={items[position]}
          previous={items[position - 1]?.id}
          next={position < 0 ? undefined : items[position + 1]?.id}
          onGo={open}
        />
      )}
    </>
  );
}
