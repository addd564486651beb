/** A JSON pointer as a fragment, the form of `$ref`: where in the document something stands. */
export type Place = string;

/** One level deeper (RFC 6901, with the escapes of a fragment left out, so that people can read it). */
export const within = (place: Place, ...keys: (string | number)[]): Place =>
  keys.reduce<Place>((at, key) => `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`, place);

/** What is at the place; undefined where nothing is. */
export function valueAt(root: unknown, place: Place): unknown {
  let value = root;
  for (const key of place.split('/').slice(1)) {
    const name = decodeKey(key);
    if (!isRecord(value) && !Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}

function decodeKey(key: string): string {
  let decoded = key;
  try {
    decoded = decodeURIComponent(key);
  } catch {
    // A % that begins no escape stands for itself.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
