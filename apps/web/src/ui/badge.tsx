import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export const tones = {
  danger: 'bg-danger-soft text-danger',
  warn: 'bg-warn-soft text-warn',
  good: 'bg-good-soft text-good',
  info: 'bg-info-soft text-info',
  neutral: 'bg-raised text-muted',
} as const;

export type Tone = keyof typeof tones;

/** A short coloured word; the word carries the meaning, the colour only repeats it. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5.5 items-center gap-1 whitespace-nowrap rounded px-1.5 text-xs font-medium',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
