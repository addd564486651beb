import type { ModelKind } from '@ringfence/audit';
import type { ModelSummary } from '../../api/models.ts';
import type { Tone } from '../../ui/badge.tsx';

/** The kinds of what is learned, in the order of a rule's sections. */
export const KINDS: Record<ModelKind, string> = {
  process: 'Programs started',
  domain: 'Connections by name',
  address: 'Connections by address',
  lookup: 'Names looked up',
  listen: 'Ports listened on',
  unix: 'Sockets of this machine',
  write: 'Files changed',
  execute: 'Files run or mapped as code',
  read: 'Files read',
};

export const STATES: Record<ModelSummary['state'], { label: string; tone: Tone; what: string }> = {
  waiting: {
    label: 'Waiting',
    tone: 'neutral',
    what: 'Its rule says learn, and nothing was told yet: invoke it.',
  },
  learning: { label: 'Learning', tone: 'info', what: 'Nothing is stopped; what it uses is recorded.' },
  learnt: { label: 'Learnt', tone: 'good', what: 'A limit is reached, or no section learns any more.' },
};

const hours = (seconds: number) => `${Math.round(seconds / 360) / 10} h`;

/** How far learning is on its way to its limit, from 0 to 1, and in words; undefined without a limit. */
export function describeProgress(
  { invocations, since, limits }: Pick<ModelSummary, 'invocations' | 'since' | 'limits'>,
  now: number,
): { part: number; words: string } | undefined {
  if (limits === null) return undefined;
  const seconds = since === null ? 0 : Math.max(0, (now - since) / 1000);
  const progress = [
    ...(limits.invocations > 0
      ? [
          {
            part: invocations / limits.invocations,
            words: `${invocations} of ${limits.invocations} invocations`,
          },
        ]
      : []),
    ...(limits.seconds > 0
      ? [{ part: seconds / limits.seconds, words: `${hours(seconds)} of ${hours(limits.seconds)}` }]
      : []),
  ].sort((a, b) => b.part - a.part);
  const [first] = progress;
  return first && { ...first, part: Math.min(1, first.part) };
}
