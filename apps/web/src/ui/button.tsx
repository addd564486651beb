import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

const looks = {
  primary: 'bg-accent text-accent-ink border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-line-strong hover:bg-raised',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-raised hover:text-ink',
  danger: 'bg-surface text-danger border-danger/50 hover:bg-danger-soft',
} as const;

type Props = ComponentProps<'button'> & {
  look?: keyof typeof looks;
  icon?: IconName | undefined;
  small?: boolean;
  busy?: boolean;
};

/** A push button; with `busy` it stays focusable but does nothing and says so. */
export function Button({ look = 'plain', icon, small, busy, className, children, onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      aria-busy={busy || undefined}
      className={classNames(
        'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:opacity-45',
        small ? 'h-8 px-2.5 text-[13px]' : 'h-9 px-3.5',
        busy && 'opacity-70',
        looks[look],
        className,
      )}
    >
      {icon && <Icon name={icon} size={small ? 15 : 16} />}
      {children}
    </button>
  );
}
