import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { auditQuery, type StoredAudit } from '../../api/audits.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ActionBadge } from './action-badge.tsx';
import { AuditDetails } from './audit-details.tsx';

type Props = {
  id: string;
  /** The audit as the list has it, shown until the raw line has come. */
  known: StoredAudit | undefined;
  previous: string | undefined;
  next: string | undefined;
  onGo: (id: string | undefined) => void;
};

/** Everything about one audit; the arrow keys go to its neighbours. */
export function AuditDrawer({ id, known, previous, next, onGo }: Props) {
  const query = useQuery(auditQuery(id));
  const audit = query.data ?? known;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.target as HTMLElement).closest('pre, input')) return;
      if (event.key === 'ArrowLeft' && previous) onGo(previous);
      if (event.key === 'ArrowRight' && next) onGo(next);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous, next, onGo]);
  return (
    <Drawer
      onClose={() => onGo(undefined)}
      title={
        <span className="flex items-center gap-2">
          {audit && <ActionBadge action={audit.action} />}
          <span className="mr-auto">Audit</span>
          <IconButton
            icon="left"
            label="Newer audit (left arrow)"
            disabled={!previous}
            onClick={() => onGo(previous)}
          />
          <IconButton
            icon="right"
            label="Older audit (right arrow)"
            disabled={!next}
            onClick={() => onGo(next)}
          />
        </span>
      }
      footer={
        audit && (
          <Link
            to="/policy"
            search={{
              view: 'explain',
              cloud: audit.function.cloud,
              account: audit.function.account,
              region: audit.function.region,
              function: audit.function.name,
              runtime: audit.function.runtime,
              arch: audit.function.arch,
            }}
            className="inline-flex h-9 items-center rounded-md border border-line-strong px-3.5 font-medium hover:bg-raised"
          >
            Which rule applies?
          </Link>
        )
      }
    >
      {query.error && <ProblemNotice error={query.error} onRetry={() => query.refetch()} />}
      {audit ? <AuditDetails audit={audit} line={query.data?.line} /> : query.isPending && <Loading />}
    </Drawer>
  );
}
