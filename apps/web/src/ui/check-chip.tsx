import type { ReactNode } from 'react';

type Props = { checked: boolean; onToggle: () => void; children: ReactNode };

/** A checkbox whose whole label is a button. */
export function CheckChip({ checked, onToggle, children }: Props) {
  return (
    <label className="flex items-center gap-2 rounded-md border border-line-strong px-2.5 py-1.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input type="checkbox" checked={checked} onChange={onToggle} className="accent-accent outline-none" />
      {children}
    </label>
  );
}
