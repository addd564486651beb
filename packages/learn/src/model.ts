import type { ModelDetail, ModelEntry } from '@ringfence/audit';
import { splitFilePattern } from '@ringfence/policy/schema';

export const isFileEntry = ({ kind }: Pick<ModelEntry, 'kind'>) =>
  ['read', 'write', 'execute'].includes(kind);

/** The entries of a line, with variables in place of the folders that it names, so that paths mean the same in each instance. */
export function readModelLine({ entries, task, runtime }: ModelDetail): ModelEntry[] {
  const folders = [
    ['${task}', task],
    ['${runtime}', runtime],
    ['${tmp}', '/tmp'],
  ] as const;
  return entries.map((entry) => {
    if (!isFileEntry(entry) || splitFilePattern(entry.value).variable) return entry;
    const [variable, folder = ''] =
      folders.find(([, at]) => at !== undefined && at.length > 1 && `${entry.value}/`.startsWith(`${at}/`)) ??
      [];
    return variable ? { ...entry, value: variable + entry.value.slice(folder.length) } : entry;
  });
}

/** What tells two entries apart, as one text. */
export const modelEntryKey = ({ kind, value, port, arguments: patterns }: ModelEntry): string =>
  JSON.stringify([kind, value, port ?? null, patterns ?? null]);

/** Puts together what was counted separately. */
export function mergeEntries(entries: Iterable<ModelEntry>): ModelEntry[] {
  const merged = new Map<string, ModelEntry>();
  for (const entry of entries) {
    const key = modelEntryKey(entry);
    const known = merged.get(key);
    merged.set(
      key,
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
  return [...merged.values()];
}
