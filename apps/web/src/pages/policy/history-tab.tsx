import { useQuery } from '@tanstack/react-query';
import { revisionsQuery } from '../../api/policy.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TimeText } from '../../ui/time-text.tsx';

/** Who changed what and when, newest first. */
export function HistoryTab({ current }: { current: number }) {
  const history = useQuery(revisionsQuery);
  if (history.error) return <ProblemNotice error={history.error} onRetry={() => history.refetch()} />;
  if (!history.data) return <Loading />;
  if (history.data.items.length === 0)
    return (
      <EmptyState icon="policy" title="Nothing was saved yet">
        <p>Each saved policy becomes a revision, with who changed what and when.</p>
      </EmptyState>
    );
  return (
    <Panel flush>
      <ol className="divide-y divide-line">
        {history.data.items.map((item) => (
          <li key={item.revision} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="w-24 font-medium tabular-nums">Revision {item.revision}</span>
            <span className="min-w-0 flex-1 basis-60">
              {item.changes.join(', ') || 'changed'}
              {item.note && <span className="block text-[13px] text-muted">{item.note}</span>}
            </span>
            {item.revision === current && <Badge tone="good">Current</Badge>}
            <span className="text-[13px] text-muted">
              {item.changedBy}, <TimeText value={item.changedAt} as="ago" />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
