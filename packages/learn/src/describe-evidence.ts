import type { Evidence } from './group.ts';

const minute = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ');
/** The last millisecond that a Date can hold. */
const LAST_TIME = 8.64e15;

/** Such as "12 times, 2026-11-25 10:00 to 2026-11-26 08:30"; UTC. */
export function describeEvidence({ count, first, last }: Evidence): string {
  const [from, to] = [first, last].map((time) => minute(Math.min(time, LAST_TIME)));
  return `${count === 1 ? 'once' : `${count} times`}, ${from === to ? from : `${from} to ${to}`}`;
}
