import { compareNumerals, compareTexts, isNumeral } from './compare-numerals.ts';

interface Parts {
  core: string[];
  prerelease: string[];
}

function split(version: string): Parts {
  const [bare = ''] = version
    .trim()
    .replace(/^[=v\s]+/i, '')
    .split('+');
  const dash = bare.indexOf('-');
  const core = dash === -1 ? bare : bare.slice(0, dash);
  return { core: core.split('.'), prerelease: dash === -1 ? [] : bare.slice(dash + 1).split('.') };
}

/** Compares identifiers of a prerelease: numbers by value, and before words (semver.org, 11.4). */
function compareIdentifiers(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [isNumeral(one), isNumeral(other)];
  if (isNumber && isOtherNumber) return compareNumerals(one, other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return compareTexts(one, other);
}

function comparePrereleases(one: string[], other: string[]): number {
  if (one.length === 0 || other.length === 0) return Number(one.length === 0) - Number(other.length === 0);
  for (const [index, identifier] of one.entries()) {
    const counterpart = other[index];
    if (counterpart === undefined) return 1;
    const order = compareIdentifiers(identifier, counterpart);
    if (order !== 0) return order;
  }
  return Math.sign(one.length - other.length);
}

/**
 * Compares by Semantic Versioning 2.0.0, for Go and for ranges of type SEMVER. Numbers may be of any size; left-out ones are 0, as in Go's
 * `v1.2`; a part that is no number comes behind all numbers, so that every text has its place.
 */
export function compareSemver(one: string, other: string): number {
  const [a, b] = [split(one), split(other)];
  for (let index = 0; index < Math.max(a.core.length, b.core.length, 3); index++) {
    const order = compareIdentifiers(a.core[index] || '0', b.core[index] || '0');
    if (order !== 0) return order;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}
