import type { Audit } from '@ringfence/audit';

function* collectText(value: unknown): Generator<string> {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') yield String(value);
  else
    for (const [key, part] of Object.entries(value)) {
      if (!Array.isArray(value)) yield key;
      yield* collectText(part);
    }
}

/**
 * What a search looks at: the message and the detail's names and values, in lower case. What the store can't hold is
 * replaced: NUL by a space, and half a surrogate pair by U+FFFD.
 */
export const makeSearchText = ({ message, detail }: Audit): string => {
  const text = [message, ...collectText(detail)].join(' ').toLowerCase().replaceAll('\0', ' ');
  return Buffer.from(text).toString();
};
