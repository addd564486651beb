import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { findingQuery, unsuppressFinding } from '../../api/findings.ts';
import { sessionQuery } from '../../api/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FindingDetails } from './finding-details.tsx';
import { SEVERITY_TONES, STATES } from './finding-words.ts';
import { SuppressDialog } from './suppress-dialog.tsx';

/** Everything about one finding, and what can be done with it. */
export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const cache = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const { data, error, refetch } = useQuery(findingQuery(id));
  const [asks, setAsks] = useState<'suppress' | 'unsuppress'>();
  const refresh = () => cache.invalidateQueries({ queryKey: ['findings'] });
  return (
    <Drawer
      wide
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {data && (
            <>
              <Badge tone={SEVERITY_TONES[data.finding.severity]}>{data.finding.severity}</Badge>
              <Badge tone={STATES[data.state].tone}>{STATES[data.state].label}</Badge>
            </>
          )}
          <span className="[overflow-wrap:anywhere]">{data?.finding.title ?? 'Finding'}</span>
        </span>
      }
      footer={
        data &&
        session?.role === 'admin' && (
          <>
            {data.suppression?.by && (
              <Button onClick={() => setAsks('unsuppress')}>No longer suppress</Button>
            )}
            <Button onClick={() => setAsks('suppress')}>
              {data.suppression?.by ? 'Change suppression' : 'Suppress'}
            </Button>
          </>
        )
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => refetch()} />}
      {!data && !error && <Loading label="Loading the finding" />}
      {data && <FindingDetails stored={data} />}
      {data && asks === 'suppress' && (
        <SuppressDialog id={id} stored={data} onDone={refresh} onClose={() => setAsks(undefined)} />
      )}
      {asks === 'unsuppress' && (
        <Confirm
          title="No longer suppress this finding?"
          action="No longer suppress"
          onConfirm={async () => {
            await unsuppressFinding(id);
            await refresh();
          }}
          onClose={() => setAsks(undefined)}
        >
          <p>It is listed as open again, and its history keeps who suppressed it and why.</p>
        </Confirm>
      )}
    </Drawer>
  );
}
