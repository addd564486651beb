import { renderCells } from '../render-cells.ts';
import type { Judged } from './judged.ts';
import { summarize, tallyBy } from './tally-strings.ts';

const percent = (share: number) => (100 * share).toFixed(2);

/** What each judge found, per cent: found/named for each group of attacks, false positives for each of benign strings. */
export function renderStrings(
  judges: Map<string, readonly Judged[]>,
  keyOf: (string: Judged) => string,
): string {
  const tallies = [...judges.values()].map((strings) =>
    tallyBy(strings, (string) => `${string.label}, ${keyOf(string)}`),
  );
  const lines = [...(tallies[0] ?? [])].map(([key, { count }]) => [
    key,
    String(count),
    ...tallies.map((groups) => {
      const { found = 0, named = 0 } = groups.get(key) ?? {};
      return key.startsWith('benign') ? percent(found) : `${percent(found)} / ${percent(named)}`;
    }),
  ]);
  return renderCells(['', 'strings', ...judges.keys()], lines, (column) => column > 0);
}

/** One line for each judge, per cent. */
export function renderSummary(judges: Map<string, readonly Judged[]>): string {
  const lines = [...judges].map(([name, strings]) => {
    const { macroRecall, falsePositives, balancedAccuracy } = summarize(strings);
    return [name, ...[macroRecall, falsePositives, balancedAccuracy].map(percent)];
  });
  return renderCells(
    ['', 'macro recall, core tiers', 'false positives', 'balanced accuracy'],
    lines,
    (column) => column > 0,
  );
}
