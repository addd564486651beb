import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'radix-ui';
import { useRef } from 'react';
import { advisoriesQuery, findingKey, findingsQuery, functionsQuery } from '../../api/findings.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segments } from '../../ui/segments.tsx';
import { AdvisoryRow } from './advisory-row.tsx';
import { FindingDrawer } from './finding-drawer.tsx';
import { FindingFilters } from './finding-filters.tsx';
import { FindingRow } from './finding-row.tsx';
import { type FindingSearch, type FindingTab, isFiltered, TABS, toFindingQuery } from './finding-search.ts';
import { FunctionRow } from './function-row.tsx';
import { NoFindings, NothingPublished } from './no-findings.tsx';
import { PagedList } from './paged-list.tsx';

const route = getRouteApi('/signed-in/findings');

/** What scans have found: by function or by advisory, and inside of one of them each finding. */
export function FindingsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab = 'open', by = 'function', finding, functionId, rule } = search;
  const query = toFindingQuery(search);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => searchBox.current?.focus() });

  const change = (part: Partial<FindingSearch>) =>
    navigate({ search: (before) => ({ ...before, ...part }), resetScroll: false });
  const clear = () => navigate({ search: { tab, by } });
  const open = (key: string | undefined) => change({ finding: key });
  // Whatever is shown, the counts are those of all findings that pass the filters.
  const known = useInfiniteQuery(functionsQuery(query)).data?.pages[0];
  const counts = known?.counts;
  const filtered = isFiltered(search);
  const total = counts ? counts.new + counts.open + counts.fixed + counts.suppressed : 0;
  const isUnused = known?.items.length === 0 && total === 0 && !filtered && tab === 'open';
  const empty = <NoFindings tab={tab} filtered={filtered} onClear={clear} />;
  return (
    <>
      <PageHeader
        title="Findings"
        lead={counts && !isUnused && `${counts.new + counts.open} open, ${counts.new} of them new`}
      >
        {!isUnused && (
          <Segments
            label="Group findings"
            value={by}
            options={{ function: 'By function', advisory: 'By advisory' }}
            onChange={(next) => change({ by: next, functionId: undefined, rule: undefined })}
          />
        )}
      </PageHeader>
      {isUnused ? (
        <NothingPublished />
      ) : (
        <>
          <FindingFilters search={search} onChange={change} onClear={clear} searchRef={searchBox} />
          <Tabs.Root value={tab} onValueChange={(next) => change({ tab: next as FindingTab })}>
            <Tabs.List
              aria-label="States of findings"
              className="-mx-3 mb-4 flex overflow-x-auto border-b border-line px-3 sm:mx-0 sm:px-0"
            >
              {Object.entries(TABS).map(([key, { label, states }]) => (
                <Tabs.Trigger
                  key={key}
                  value={key}
                  className="-mb-px flex items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-3 py-2 font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
                >
                  {label}
                  {counts && (
                    <span className="rounded-full bg-raised px-1.5 text-xs tabular-nums text-muted">
                      {states.reduce((sum, state) => sum + counts[state], 0).toLocaleString()}
                    </span>
                  )}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <Tabs.Content value={tab} tabIndex={-1}>
              {functionId || rule ? (
                <>
                  <Button
                    look="quiet"
                    small
                    icon="left"
                    className="mb-2"
                    onClick={() => change({ functionId: undefined, rule: undefined })}
                  >
                    {rule ? `All advisories (now ${rule})` : 'All functions'}
                  </Button>
                  <PagedList
                    label="Findings, the worst first"
                    query={findingsQuery(query)}
                    keyOf={findingKey}
                    row={(stored) => <FindingRow stored={stored} onOpen={open} />}
                    empty={empty}
                  />
                </>
              ) : by === 'function' ? (
                <PagedList
                  label="Functions, the worst first"
                  query={functionsQuery(query)}
                  keyOf={(summary) => summary.functionId}
                  row={(summary) => (
                    <FunctionRow
                      summary={summary}
                      onOpen={() => change({ functionId: summary.functionId })}
                    />
                  )}
                  empty={empty}
                />
              ) : (
                <PagedList
                  label="Advisories, the worst first"
                  query={advisoriesQuery(query)}
                  keyOf={(summary) => summary.rule}
                  row={(summary) => (
                    <AdvisoryRow summary={summary} onOpen={() => change({ rule: summary.rule })} />
                  )}
                  empty={empty}
                />
              )}
            </Tabs.Content>
          </Tabs.Root>
        </>
      )}
      {finding && <FindingDrawer id={finding} onClose={() => open(undefined)} />}
    </>
  );
}
