import type { ReactNode } from 'react';

/** A part of a form under a heading; `label` names it where the heading is the beginning of a sentence. */
export function FormSection({
  title,
  label = title,
  children,
}: {
  title: string;
  label?: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={label} className="flex flex-col gap-4 border-t border-line pt-4">
      <h3 className="text-[15px] font-semibold">{title}</h3>
      {children}
    </section>
  );
}
