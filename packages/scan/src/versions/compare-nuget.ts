import { compareNumerals, compareTexts } from './compare-numerals.ts';

/** A label that .NET's `int.TryParse` takes as a number, and only that. */
function readNumber(label: string): number | undefined {
  if (!/^[+-]?\d+$/.test(label)) return undefined;
  const value = Number(label);
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : undefined;
}

function compareLabels(one: string, other: string): number {
  const [number, otherNumber] = [readNumber(one), readNumber(other)];
  if (number !== undefined && otherNumber !== undefined) return Math.sign(number - otherNumber);
  if ((number === undefined) !== (otherNumber === undefined)) return number === undefined ? 1 : -1;
  return compareTexts(one.toUpperCase(), other.toUpperCase());
}

function split(version: string): { numbers: string[]; labels: string[] } {
  const [bare = ''] = version.trim().replace(/^v/i, '').split('+');
  const dash = bare.indexOf('-');
  const numbers = (dash === -1 ? bare : bare.slice(0, dash)).split('.');
  return { numbers, labels: dash === -1 ? [] : bare.slice(dash + 1).split('.') };
}

/** Compares as NuGet.Versioning does: up to four numbers, then labels by Semantic Versioning without regard to case. */
export function compareNuGet(one: string, other: string): number {
  const [a, b] = [split(one), split(other)];
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index++) {
    const order = compareNumerals(a.numbers[index] ?? '', b.numbers[index] ?? '');
    if (order !== 0) return order;
  }
  if (a.labels.length === 0 || b.labels.length === 0)
    return Number(a.labels.length === 0) - Number(b.labels.length === 0);
  for (let index = 0; index < Math.min(a.labels.length, b.labels.length); index++) {
    const order = compareLabels(a.labels[index] as string, b.labels[index] as string);
    if (order !== 0) return order;
  }
  return Math.sign(a.labels.length - b.labels.length);
}
