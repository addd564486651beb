import { Link } from '@tanstack/react-router';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import type { pages as allPages } from './routes.ts';

/** The navigation: a list for the sidebar, or with `bar` a row of tabs for small screens. */
export function PageLinks({ pages, bar }: { pages: typeof allPages; bar?: boolean }) {
  return (
    <nav aria-label="Pages">
      <ul className={bar ? 'flex' : 'flex flex-col gap-0.5'}>
        {pages.map((page) => (
          <li key={page.to} className={bar ? 'flex-1' : undefined}>
            <Link
              to={page.to}
              title={`Shortcut: g ${page.key}`}
              className={classNames(
                'flex items-center rounded-md text-muted hover:bg-raised hover:text-ink data-[status=active]:text-ink',
                bar
                  ? 'flex-col gap-0.5 py-2 text-xs data-[status=active]:text-accent'
                  : 'gap-2.5 px-2 py-1.5 data-[status=active]:bg-raised data-[status=active]:font-medium data-[status=active]:[&>svg]:text-accent',
              )}
            >
              <Icon name={page.icon} size={18} />
              {bar ? page.short : page.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
