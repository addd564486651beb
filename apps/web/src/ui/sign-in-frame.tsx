import type { ReactNode } from 'react';
import { Brand } from '../app/brand.tsx';
import { ThemeButton } from '../app/theme-button.tsx';

/** The narrow page around signing in and setting up. */
export function SignInFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 p-5">
      <div className="flex items-center justify-between text-base">
        <Brand />
        <ThemeButton />
      </div>
      <div className="rounded-lg border border-line bg-surface p-5">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        <p className="mb-4 text-muted">{lead}</p>
        {children}
      </div>
    </main>
  );
}
