import type { Judged } from './judged.ts';

export interface Tally {
  count: number;
  /** Shares that have any verdict; that have one of their own class. */
  found: number;
  named: number;
}

/** Tiers that are no fair measure of recall: regression tests of another product by its levels, and encodings that no parser undoes. */
const unfair = /^(?:pl\d|exotic)$/;

export function isCore({ label, tier }: Pick<Judged, 'label' | 'tier'>): boolean {
  return label !== 'benign' && !unfair.test(tier);
}

export function tally(strings: readonly Judged[]): Tally {
  const share = (holds: (string: Judged) => boolean) => strings.filter(holds).length / strings.length;
  return {
    count: strings.length,
    found: share(({ verdicts }) => verdicts.length > 0),
    named: share(({ label, verdicts }) => verdicts.some(({ name }) => name === label)),
  };
}

/** A tally for each key, in the keys' order. */
export function tallyBy(strings: readonly Judged[], keyOf: (string: Judged) => string): Map<string, Tally> {
  const groups = new Map<string, Judged[]>();
  for (const string of strings) {
    const group = groups.get(keyOf(string));
    if (group) group.push(string);
    else groups.set(keyOf(string), [string]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => [key, tally(group)]));
}

/** The strings without the verdicts below a confidence. */
export function keepSure(strings: readonly Judged[], confidence: number): Judged[] {
  return strings.map((string) => ({
    ...string,
    verdicts: string.verdicts.filter((verdict) => verdict.confidence >= confidence),
  }));
}

/** Shares: the mean over the classes of what is found in the core tiers; benign strings with a verdict; the mean of the first and of the benign ones without. */
export function summarize(strings: readonly Judged[]): {
  macroRecall: number;
  falsePositives: number;
  balancedAccuracy: number;
} {
  const classes = [...tallyBy(strings.filter(isCore), ({ label }) => label).values()];
  const macroRecall = classes.reduce((sum, { found }) => sum + found, 0) / classes.length;
  const falsePositives = tally(strings.filter(({ label }) => label === 'benign')).found;
  return { macroRecall, falsePositives, balancedAccuracy: (macroRecall + 1 - falsePositives) / 2 };
}
