import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { sessionQuery } from '../api/session.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { PageLinks } from './page-links.tsx';
import { pages } from './routes.ts';
import { ThemeButton } from './theme-button.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The frame of every page: a sidebar on wide screens, a top and a bottom bar on narrow ones. */
export function Shell() {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const [help, setHelp] = useState(false);
  const shown = pages.filter((page) => !page.admin || session?.role === 'admin');
  useShortcuts({
    '?': () => setHelp(true),
    ...Object.fromEntries(shown.map((page) => [`g ${page.key}`, () => router.navigate({ to: page.to })])),
  });
  const tools = (
    <>
      <ThemeButton />
      <IconButton icon="help" label="Keyboard shortcuts (?)" onClick={() => setHelp(true)} />
      <AccountMenu name={session?.name ?? ''} role={session?.role ?? 'viewer'} />
    </>
  );
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:z-50"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-surface p-3 md:flex">
        <div className="px-2 pb-4 pt-1 text-[15px]">
          <Brand />
        </div>
        <PageLinks pages={shown} />
        <div className="mt-auto flex items-center gap-1 border-t border-line pt-2">{tools}</div>
      </aside>
      <div className="sticky top-0 z-20 flex items-center gap-1 border-b border-line bg-surface py-1.5 pl-4 pr-2 md:hidden">
        <span className="mr-auto">
          <Brand />
        </span>
        {tools}
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 px-3 pb-24 pt-4 outline-none sm:px-6 md:pb-10 md:pt-5">
        <Outlet />
      </main>
      <div className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
        <PageLinks pages={shown} bar />
      </div>
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
