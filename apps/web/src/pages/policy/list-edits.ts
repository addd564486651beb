/** A copy of the list with the item at `from` moved to `to`; unchanged when either is outside. */
export function moveItem<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const copy = [...items];
  if (from < 0 || to < 0 || from >= copy.length || to >= copy.length) return copy;
  copy.splice(to, 0, ...copy.splice(from, 1));
  return copy;
}

/** A name that is not taken: "name copy", "name copy 2" and so on. */
export function nameCopy(name: string, taken: readonly string[]): string {
  const base = `${name} copy`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
