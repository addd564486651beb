/** Names that a message has. */
const MOST_NAMED = 6;

/** Names as a sentence has them, the rest counted. */
export function inList(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
