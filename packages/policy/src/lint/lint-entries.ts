import type { PathPart } from '../check-policy.ts';
import type { RuleWarning } from './lint-warning.ts';

/** Warns of each entry that an other one of the list makes needless: an equal one before it, or a wider one anywhere. */
export function lintEntries<Entry extends { text: string }>(
  entries: readonly Entry[],
  path: PathPart[],
  covers: (wide: Entry, narrow: Entry) => boolean,
): RuleWarning[] {
  return entries.flatMap((entry, index) => {
    const other = entries.find(
      (candidate, position) =>
        position !== index &&
        covers(candidate, entry) &&
        // Of two that cover each other only the later one is needless.
        (position < index || !covers(entry, candidate)),
    );
    if (other === undefined) return [];
    const key = path.join('.');
    return {
      code: 'entry-twice',
      pattern: entry.text,
      path: [...path, index],
      message: `${entry.text} stands in ${key} although ${other.text} already covers it.`,
      advice: 'Remove one of the two.',
    };
  });
}
