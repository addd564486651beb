import type { ProcessSettings } from '@ringfence/policy/schema';

type Entry = ProcessSettings['allow'][number];

/** An entry of the allowlist as one line: a path, or the long form as JSON. */
export const formatEntry = (entry: Entry): string =>
  typeof entry === 'string' ? entry : JSON.stringify(entry);

/** The entry of a line; what cannot be read is left as text, so that the schema says what is wrong. */
export function parseEntry(line: string): Entry {
  if (!line.startsWith('{')) return line;
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
