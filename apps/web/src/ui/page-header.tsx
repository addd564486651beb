import { type ReactNode, useEffect } from 'react';

/** The page's heading with its actions; also names the browser's tab. */
export function PageHeader({
  title,
  children,
  lead,
}: {
  title: string;
  children?: ReactNode;
  lead?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Ringfence`;
  }, [title]);
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3">
      <div className="mr-auto min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="text-muted">{lead}</p>}
      </div>
      {children}
    </header>
  );
}
