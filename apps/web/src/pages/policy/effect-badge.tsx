import type { Effect } from '@ringfence/policy/schema';
import { Badge } from '../../ui/badge.tsx';
import { effectWords } from './effect-words.ts';

/** The effect of a section. */
export function EffectBadge({ effect }: { effect: Effect }) {
  const { tone, label } = effectWords[effect];
  return <Badge tone={tone}>{label}</Badge>;
}
