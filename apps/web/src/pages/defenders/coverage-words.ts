import type { Defender } from '../../api/defenders.ts';
import type { Tone } from '../../ui/badge.tsx';

type Coverage = { label: string; tone: Tone; what: string; missing: string[] };

const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What the Defender said it can hold there, in honest words: never more than it reported. */
export function describeCoverage({ tier, coverage }: Pick<Defender, 'tier' | 'coverage'>): Coverage {
  const missing = words(coverage?.missing);
  if (tier === null)
    return { label: 'Unknown', tone: 'neutral', what: 'It has not reported what it can guard.', missing };
  if (tier === 'none')
    return {
      label: 'Not guarded',
      tone: 'danger',
      what: 'The platform lacks what the guard needs. Nothing is enforced in this function.',
      missing,
    };
  const process = (coverage?.sections as Record<string, unknown> | undefined)?.process;
  if (process === 'prevent')
    return {
      label: `${tier}, prevents`,
      tone: 'good',
      what: 'Processes that are not allowed are stopped by the kernel.',
      missing,
    };
  if (process === 'alert')
    return {
      label: `${tier}, alerts only`,
      tone: 'warn',
      what: 'Processes that are not allowed run, and are told.',
      missing,
    };
  if (process === 'disable')
    return {
      label: `${tier}, disabled`,
      tone: 'neutral',
      what: 'It could guard, but the policy disables it.',
      missing,
    };
  return {
    label: `${tier}, not guarded`,
    tone: 'danger',
    what: 'It reported that processes are not guarded.',
    missing,
  };
}
