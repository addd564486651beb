import type { ModelDetail, ModelEntry } from '@ringfence/audit';

/** What was learned about a function: all its instances together. */
export type Model = {
  entries: ModelEntry[];
  /** Invocations that were seen. */
  invocations: number;
  /** When the first instance began to learn, Unix milliseconds; 0 when nothing was learned. */
  since: number;
  /** The folders that `${task}` and `${runtime}` stood for. */
  task?: string | undefined;
  runtime?: string | undefined;
};

export const emptyModel = (): Model => ({ entries: [], invocations: 0, since: 0 });

/** What makes two entries the same. */
export const entryKey = ({ kind, value, port }: Pick<ModelEntry, 'kind' | 'value' | 'port'>): string =>
  JSON.stringify([kind, value, port ?? 0]);

/** The model with the lines added, each counted once. Defenders tell what is new since their last line, so adding is all. */
export function mergeModel(model: Model, lines: Iterable<ModelDetail>): Model {
  const entries = new Map(model.entries.map((entry) => [entryKey(entry), entry]));
  const merged = { ...model };
  for (const { entries: told, invocations, since, task, runtime } of lines) {
    merged.invocations += invocations;
    merged.since = merged.since === 0 ? since : Math.min(merged.since, since);
    merged.task = task ?? merged.task;
    merged.runtime = runtime ?? merged.runtime;
    for (const entry of told) {
      const known = entries.get(entryKey(entry));
      entries.set(
        entryKey(entry),
        known
          ? {
              ...known,
              count: known.count + entry.count,
              first: Math.min(known.first, entry.first),
              last: Math.max(known.last, entry.last),
            }
          : entry,
      );
    }
  }
  return { ...merged, entries: [...entries.values()] };
}
