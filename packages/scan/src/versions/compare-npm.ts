import semver from 'semver'; // npm's own comparison
import { compareSemver } from './compare-semver.ts';

/** Compares as npm does, which takes `v1.2.3`, `=1.2.3` and `1.2.3beta` too. What npm refuses is compared as Semantic Versioning. */
export function compareNpm(one: string, other: string): number {
  const [a, b] = [semver.parse(one, { loose: true }), semver.parse(other, { loose: true })];
  return a && b ? a.compare(b) : compareSemver(one, other);
}
