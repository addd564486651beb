/** Compares two texts of decimal digits as numbers, however long. An empty text is 0. */
export function compareNumerals(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return compareTexts(a, b);
}

/** Compares by code units, as programs order texts. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

export const isNumeral = (text: string): boolean => /^\d+$/.test(text);
