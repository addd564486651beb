import type { StoredAudit } from '../../api/audits.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AuditRow, auditColumns } from './audit-row.tsx';
import type { useLiveAudits } from './use-live-audits.ts';

type Props = {
  items: StoredAudit[];
  freshIds: Set<string>;
  openId: string | undefined;
  onOpen: (id: string) => void;
  waiting: number;
  onShowWaiting: () => void;
  pages: ReturnType<typeof useLiveAudits>['pages'];
};

/** The audits, newest first, with a button for those that wait and one for older ones. */
export function AuditList({ items, freshIds, openId, onOpen, waiting, onShowWaiting, pages }: Props) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      {waiting > 0 && (
        <div className="pointer-events-none sticky top-14 z-10 flex h-0 justify-center md:top-3">
          <button
            type="button"
            onClick={onShowWaiting}
            className="pointer-events-auto h-8 -translate-y-1/2 rounded-full bg-accent px-4 text-[13px] font-semibold text-accent-ink shadow-lg hover:brightness-110"
          >
            {waiting.toLocaleString()} new
          </button>
        </div>
      )}
      <div
        aria-hidden="true"
        className={classNames(
          'hidden gap-x-3 border-b border-line px-4 py-2 text-xs font-medium uppercase tracking-wide text-muted lg:grid',
          auditColumns,
        )}
      >
        <span>Time</span>
        <span>Action</span>
        <span>Type</span>
        <span>Function</span>
        <span>Message</span>
        <span className="text-right">Count</span>
      </div>
      <ol aria-label="Audits, newest first">
        {items.map((audit) => (
          <AuditRow
            key={audit.id}
            audit={audit}
            fresh={freshIds.has(audit.id)}
            current={audit.id === openId}
            onOpen={onOpen}
          />
        ))}
      </ol>
      <div className="flex items-center justify-center gap-3 border-t border-line p-3 text-[13px] text-muted">
        {pages.hasNextPage ? (
          <Button small busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? 'Loading…' : 'Load older audits'}
          </Button>
        ) : (
          `${items.length.toLocaleString()} ${items.length === 1 ? 'audit' : 'audits'}; there are no older ones`
        )}
      </div>
    </div>
  );
}
