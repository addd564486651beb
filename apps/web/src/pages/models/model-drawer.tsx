import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ModelSummary, modelQuery, resetModel } from '../../api/models.ts';
import { sessionQuery } from '../../api/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EntryList } from './entry-list.tsx';
import { STATES } from './model-words.ts';
import { ProgressBar } from './progress-bar.tsx';
import { ProposalDrawer } from './proposal-drawer.tsx';

/** What one function has learned, and what can be done with it. */
export function ModelDrawer({ summary, onClose }: { summary: ModelSummary; onClose: () => void }) {
  const { functionId, function: fn } = summary;
  const cache = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const { data, error, refetch } = useQuery(modelQuery(functionId));
  const [asks, setAsks] = useState<'proposal' | 'reset'>();
  const { label, tone, what } = STATES[summary.state];
  const isEmpty = summary.since === null;
  if (asks === 'proposal')
    return <ProposalDrawer summary={summary} onBack={() => setAsks(undefined)} onClose={onClose} />;
  return (
    <Drawer
      wide
      title={fn.name}
      onClose={onClose}
      footer={
        <>
          {session?.role === 'admin' && (
            <Button look="danger" disabled={isEmpty} onClick={() => setAsks('reset')}>
              Forget
            </Button>
          )}
          <Button look="primary" disabled={isEmpty} onClick={() => setAsks('proposal')}>
            Propose rule
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Badge tone={tone}>{label}</Badge>
          <span>{what}</span>
          <ProgressBar model={summary} />
        </div>
        {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
        {!data && !error && <Loading label="Loading what was used" />}
        {data && data.entries.length > 0 && <EntryList entries={data.entries} />}
      </div>
      {asks === 'reset' && (
        <Confirm
          title={`Forget what ${fn.name} has learned?`}
          action="Forget"
          onConfirm={async () => {
            await resetModel(functionId);
            await cache.invalidateQueries({ queryKey: ['models'] });
          }}
          onClose={() => setAsks(undefined)}
        >
          <p>What it uses from now on is learned anew, as long as its rule says learn.</p>
        </Confirm>
      )}
    </Drawer>
  );
}
