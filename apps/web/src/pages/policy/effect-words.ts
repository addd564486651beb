import type { Effect } from '@ringfence/policy/schema';
import type { Tone } from '../../ui/badge.tsx';

export const effectWords: Record<Effect, { label: string; tone: Tone; what: string }> = {
  prevent: { label: 'Prevent', tone: 'good', what: 'Stop it, and tell' },
  alert: { label: 'Alert', tone: 'warn', what: 'Let it happen, and tell' },
  learn: { label: 'Learn', tone: 'info', what: 'Let it happen, and record it' },
  disable: { label: 'Disable', tone: 'neutral', what: 'Do not watch' },
};
