import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** What a page shows when it has nothing to list: why, and the next step. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-2xl flex-col items-center gap-3 px-4 py-14 text-center">
      <span className="rounded-full bg-accent-soft p-3 text-accent">
        <Icon name={icon} size={22} />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="flex w-full flex-col items-center gap-3 text-muted">{children}</div>
    </div>
  );
}
