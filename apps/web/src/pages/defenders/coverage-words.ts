import type { Defender } from '../../api/defenders.ts';
import type { Tone } from '../../ui/badge.tsx';

type Coverage = { label: string; tone: Tone; what: string; missing: string[] };

const tierWords: Record<string, string> = {
  T0: 'The kernel enforces it.',
  T1: 'The kernel enforces it, without Landlock.',
  T2: 'A library in the function itself enforces it, because the platform lets no filter be set.',
};
/** What becomes of that which a section does not allow. */
const outcomes = [
  ['prevent', 'Stopped'],
  ['alert', 'Told'],
  ['learn', 'Learned'],
  ['disable', 'Not watched'],
  ['unguarded', 'Not guarded'],
] as const;
const sectionWords: Record<string, string> = { process: 'processes', secrets: 'hidden variables' };

const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function judge(effects: string[]): { label: string; tone: Tone } {
  const watched = effects.filter((effect) => effect !== 'disable');
  const all = (effect: string) => watched.every((each) => each === effect);
  if (watched.length === 0) return { label: 'disabled', tone: 'neutral' };
  if (all('unguarded')) return { label: 'not guarded', tone: 'danger' };
  if (watched.includes('unguarded')) return { label: 'partly guarded', tone: 'danger' };
  if (all('prevent')) return { label: 'prevents', tone: 'good' };
  if (watched.includes('prevent')) return { label: 'prevents in part', tone: 'warn' };
  return watched.includes('learn')
    ? { label: 'learns', tone: 'info' }
    : { label: 'alerts only', tone: 'warn' };
}

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
  const sections = Object.entries(
    (coverage?.sections ?? { process: 'unguarded' }) as Record<string, unknown>,
  );
  const { label, tone } = judge(sections.map(([, effect]) => String(effect)));
  const what = outcomes.flatMap(([effect, outcome]) => {
    const names = sections.filter(([, each]) => each === effect).map(([name]) => sectionWords[name] ?? name);
    return names.length === 0 ? [] : [`${outcome}: ${names.join(', ')}.`];
  });
  const byLibrary = Object.entries((coverage?.tiers ?? {}) as Record<string, unknown>)
    .filter(([, each]) => each === 'T2' && tier !== 'T2')
    .map(([name]) => sectionWords[name] ?? name);
  const exception =
    byLibrary.length === 0 ? [] : [`A library in the function itself enforces: ${byLibrary.join(', ')}.`];
  return {
    label: `${tier}, ${label}`,
    tone,
    what: [...what, tierWords[tier] ?? '', ...exception].join(' ').trim(),
    missing,
  };
}
