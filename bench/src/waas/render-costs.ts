import { renderCells } from '../render-cells.ts';
import type { Measured } from './measured.ts';

export interface Cost extends Measured {
  what: string;
  judge: string;
}

const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** What judging costs, a line for each judge and what it judged. */
export function renderCosts(costs: readonly Cost[]): string {
  return renderCells(
    ['', 'judge', 'per second', 'MB/s', 'p50 µs', 'p99 µs', 'cold load ms', 'KB added'],
    costs.map(({ what, judge, perSecond, megabytesPerSecond, p50, p99, cold, kilobytes }) => [
      what,
      judge,
      ...[perSecond, megabytesPerSecond, p50, p99, cold / 1000, kilobytes].map(digits),
    ]),
    (column) => column > 1,
  );
}
