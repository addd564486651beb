/** What a figure has to reach: `must` by the issue, `aim` beyond it; `percent`: of what is unguarded. */
export type Target = { must: number; aim?: number; better: 'lower' | 'higher'; percent?: boolean };

/** One line of the table. All numbers are in `unit`. */
export type Row = {
  id: string;
  what: string;
  unit: 'ms' | 'µs' | 'ns' | 'KB' | 'audits/s';
  /** What the target is about: what the guard adds, or, where nothing is compared, what was measured. */
  figure: number;
  /** Medians without and with the guard, where both were measured. */
  unguarded?: number;
  guarded?: number;
  /** How far apart the medians of two halves of the unguarded samples are: a smaller figure means nothing. */
  noise?: number;
  /** Samples on each side, or the only ones. */
  samples: number;
  target?: Target;
  note?: string;
};

export type Verdict = 'ok' | 'missed';

/** Whether a row's figure reaches a limit of its target. */
export function judge({ figure, unguarded = 0 }: Row, { better, percent }: Target, limit: number): Verdict {
  const reached = percent ? (100 * figure) / unguarded : figure;
  return (better === 'lower' ? reached <= limit : reached >= limit) ? 'ok' : 'missed';
}
