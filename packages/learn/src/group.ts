import type { ModelEntry } from '@ringfence/audit';

/** How often something was used, and when: Unix milliseconds. */
export type Evidence = { count: number; first: number; last: number };

/** Entries of a rule, each with the uses that made it. */
export type Groups = Map<string, ModelEntry[]>;

/** Puts the entries that `toPattern` says the same of into one group; those that it says nothing of stay out. */
export function groupBy(
  entries: Iterable<ModelEntry>,
  toPattern: (entry: ModelEntry) => string | undefined,
): Groups {
  const groups: Groups = new Map();
  for (const entry of entries) {
    const pattern = toPattern(entry);
    if (pattern === undefined) continue;
    const group = groups.get(pattern);
    if (group) group.push(entry);
    else groups.set(pattern, [entry]);
  }
  return groups;
}

/** The same uses under other patterns. */
export function regroup(groups: Groups, toPattern: (pattern: string) => string): Groups {
  const result: Groups = new Map();
  for (const [pattern, entries] of groups) {
    const name = toPattern(pattern);
    const group = result.get(name);
    if (group) group.push(...entries);
    else result.set(name, [...entries]);
  }
  return result;
}

export const evidenceOf = (entries: ModelEntry[]): Evidence => ({
  count: entries.reduce((sum, { count }) => sum + count, 0),
  first: Math.min(...entries.map(({ first }) => first)),
  last: Math.max(...entries.map(({ last }) => last)),
});
