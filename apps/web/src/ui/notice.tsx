import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

const looks = {
  danger: 'border-danger/40 bg-danger-soft text-danger',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  info: 'border-info/30 bg-info-soft text-info',
  good: 'border-good/30 bg-good-soft text-good',
} as const;

/** A boxed message; errors are announced at once, the rest politely. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: keyof typeof looks;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={classNames(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border px-3 py-2',
        looks[tone],
      )}
    >
      <span className="mt-0.5">
        <Icon name={tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'alert'} />
      </span>
      <div className="min-w-0 flex-1 break-words">{children}</div>
      {action}
    </div>
  );
}
