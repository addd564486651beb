import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A bordered surface, with an optional title bar. */
export function Panel({
  title,
  lead,
  action,
  children,
  flush,
}: {
  title?: string;
  lead?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section aria-label={title} className="overflow-hidden rounded-lg border border-line bg-surface">
      {title && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b sm:flex-nowrap border-line px-4 py-3">
          <div className="mr-auto min-w-0">
            <h2 className="font-semibold">{title}</h2>
            {lead && <p className="text-[13px] text-muted">{lead}</p>}
          </div>
          {action}
        </div>
      )}
      <div className={classNames(!flush && 'p-4')}>{children}</div>
    </section>
  );
}
