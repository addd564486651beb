import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { defendersQuery } from '../../api/defenders.ts';
import { EmbedHelp } from '../../ui/embed-help.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { describeCoverage } from './coverage-words.ts';
import { DefenderDrawer } from './defender-drawer.tsx';
import { DefendersTable } from './defenders-table.tsx';

export function DefendersPage() {
  const { data, error, refetch } = useQuery(defendersQuery);
  const { open: openId } = useSearch({ from: '/signed-in/defenders' });
  const navigate = useNavigate();
  const setOpenId = (id?: string) =>
    navigate({ to: '/defenders', search: id === undefined ? {} : { open: id } });
  const [text, setText] = useState('');
  const items = data?.items ?? [];
  const wanted = text.trim().toLowerCase();
  const shown = items.filter((item) =>
    Object.values(item.function).some((value) => value.toLowerCase().includes(wanted)),
  );
  const open = items.find((item) => item.functionId === openId);
  const unguarded = items.filter((item) => describeCoverage(item).tone === 'danger').length;
  const older = items.filter(
    (item) => item.policyRevision !== null && item.policyRevision !== data?.currentRevision,
  ).length;
  return (
    <>
      <PageHeader
        title="Defenders"
        lead={
          items.length > 0 &&
          `${items.length} ${items.length === 1 ? 'function' : 'functions'}, ${unguarded} not fully guarded, ${older} with an older policy`
        }
      >
        {items.length > 0 && (
          <input
            type="search"
            aria-label="Filter functions"
            placeholder="Filter by name, region, runtime…"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="control sm:w-72!"
          />
        )}
      </PageHeader>
      {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
      {!data && !error && <Loading label="Loading Defenders" />}
      {data && items.length === 0 && (
        <EmptyState icon="defenders" title="No function has a Defender yet">
          <p>
            Protect a function; it is listed here as soon as it is registered, and says what it can guard when
            it first runs.
          </p>
          <EmbedHelp />
        </EmptyState>
      )}
      {data && items.length > 0 && shown.length === 0 && (
        <p className="p-4 text-muted">No function matches “{text}”.</p>
      )}
      {data && shown.length > 0 && (
        <DefendersTable items={shown} currentRevision={data.currentRevision} onOpen={setOpenId} />
      )}
      {open && data && (
        <DefenderDrawer
          defender={open}
          currentRevision={data.currentRevision}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </>
  );
}
