import { compare, valid } from '@renovatebot/pep440'; // PEP 440 as pip reads it, kept by the makers of Renovate
import { compareTexts } from './compare-numerals.ts';

/** Compares by PEP 440. Versions from before it come first, in the order of their text. */
export function comparePyPI(one: string, other: string): number {
  const [isValid, isOtherValid] = [valid(one.trim()) !== null, valid(other.trim()) !== null];
  if (isValid && isOtherValid) return compare(one.trim(), other.trim());
  return isValid === isOtherValid ? compareTexts(one, other) : Number(isValid) - Number(isOtherValid);
}
