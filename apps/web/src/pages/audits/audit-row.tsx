import { memo } from 'react';
import type { StoredAudit } from '../../api/audits.ts';
import { classNames } from '../../ui/class-names.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { summariseWaas } from '../../waas/summarise-waas.ts';
import { ActionBadge } from './action-badge.tsx';

/** The columns shared by the head and the rows, from the width at which there are columns. */
export const auditColumns = 'lg:grid-cols-[7.5rem_5.5rem_5rem_minmax(9rem,13rem)_minmax(0,1fr)_3.5rem]';

type Props = { audit: StoredAudit; fresh: boolean; current: boolean; onOpen: (id: string) => void };

/** One audit in the list. The whole row opens the details. */
export const AuditRow = memo(function AuditRow({ audit, fresh, current, onOpen }: Props) {
  return (
    <li
      className={classNames(
        'row-lazy relative grid grid-cols-[auto_auto_1fr_auto] items-center gap-x-3 gap-y-1 border-t border-line px-3 py-2 first:border-t-0 hover:bg-raised lg:gap-y-0 lg:px-4',
        auditColumns,
        current && 'bg-accent-soft',
        fresh && 'animate-[appear_2.5s_ease-out]',
      )}
    >
      <span className="text-[13px] text-muted">
        <TimeText value={audit.time} />
      </span>
      <span className="flex">
        <ActionBadge action={audit.action} />
      </span>
      <span
        className={classNames(
          'text-[13px]',
          audit.type === 'tamper' ? 'font-medium text-danger' : 'text-muted',
        )}
      >
        {audit.type}
      </span>
      <span className="order-last col-span-full flex min-w-0 items-baseline gap-2 lg:order-none lg:col-span-1 lg:block">
        <span className="truncate font-medium lg:block" title={audit.function.name}>
          {audit.function.name}
        </span>
        <span className="truncate text-xs text-muted lg:block">{audit.function.region}</span>
      </span>
      <button
        type="button"
        onClick={() => onOpen(audit.id)}
        className="order-2 col-span-full min-w-0 text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent lg:order-none lg:col-span-1"
      >
        <span className="line-clamp-2 break-words lg:line-clamp-1 lg:break-all" title={audit.message}>
          {(audit.type === 'waas' && summariseWaas(audit.detail)) || audit.message}
        </span>
      </button>
      <span
        className="text-right text-[13px] tabular-nums text-muted"
        title={`Stands for ${audit.count} identical audits`}
      >
        {audit.count > 1 && `×${audit.count}`}
      </span>
    </li>
  );
});
