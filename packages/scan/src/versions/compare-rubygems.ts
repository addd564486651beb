import { compareNumerals, compareTexts, isNumeral } from './compare-numerals.ts';

function trim(segments: string[]): string[] {
  const last = segments.findLastIndex((segment) => !/^0+$/.test(segment));
  return segments.slice(0, last + 1);
}

/** Numbers and words, without the zeros at the end of the release and of what follows it. */
function split(version: string): string[] {
  const segments =
    version
      .trim()
      .replaceAll('-', '.pre.')
      .match(/\d+|[a-z]+/gi) ?? [];
  const word = segments.findIndex((segment) => !isNumeral(segment));
  return word === -1 ? trim(segments) : [...trim(segments.slice(0, word)), ...trim(segments.slice(word))];
}

/** Compares as `Gem::Version` does: number by number, words before numbers. */
export function compareRubyGems(one: string, other: string): number {
  const [a, b] = [split(one), split(other)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [left, right] = [a[index] ?? '0', b[index] ?? '0'];
    const [isNumber, isOtherNumber] = [isNumeral(left), isNumeral(right)];
    if (isNumber !== isOtherNumber) return isNumber ? 1 : -1;
    const order = isNumber ? compareNumerals(left, right) : compareTexts(left, right);
    if (order !== 0) return order;
  }
  return 0;
}
