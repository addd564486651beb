import type { Ecosystem } from '../ecosystem.ts';
import { compareMaven } from './compare-maven.ts';
import { compareNpm } from './compare-npm.ts';
import { compareNuGet } from './compare-nuget.ts';
import { compareTexts } from './compare-numerals.ts';
import { comparePyPI } from './compare-pypi.ts';
import { compareRubyGems } from './compare-rubygems.ts';
import { compareSemver } from './compare-semver.ts';

const orders: Record<Ecosystem, (one: string, other: string) => number> = {
  npm: compareNpm,
  PyPI: comparePyPI,
  Maven: compareMaven,
  RubyGems: compareRubyGems,
  NuGet: compareNuGet,
  Go: compareSemver,
};

/** What is longer is no version, and is ordered by its text; real ones stay below 100 characters. */
const longest = 1000;

/** Below 0 when `one` comes before `other` by the ecosystem's own rules, 0 when they are the same version. Never throws. */
export function compareVersions(ecosystem: Ecosystem, one: string, other: string): number {
  const isTooLong = one.length > longest || other.length > longest;
  return isTooLong ? compareTexts(one, other) : orders[ecosystem](one, other);
}
