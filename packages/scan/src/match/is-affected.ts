import type { Ecosystem } from '../ecosystem.ts';
import { compareSemver } from '../versions/compare-semver.ts';
import { compareVersions } from '../versions/compare-versions.ts';
import type { Affected, RangeEvent } from './advisory.ts';

type Compare = (one: string, other: string) => number;
type Range = Affected['ranges'][number];

const comparing = (ecosystem: Ecosystem, range: Range): Compare =>
  range.type === 'SEMVER' ? compareSemver : (one, other) => compareVersions(ecosystem, one, other);

const turnOf = ({ introduced, fixed, last_affected, limit }: RangeEvent): string =>
  introduced ?? fixed ?? last_affected ?? limit ?? '0';

/** `0` stands for before all versions. */
const orderTurns = (one: string, other: string, compare: Compare) =>
  one === '0' || other === '0' ? Number(other === '0') - Number(one === '0') : compare(one, other);

/** The events in the order of their versions; what is introduced at the version where another range ends comes behind. */
function sortEvents({ events }: Range, compare: Compare): RangeEvent[] {
  return events.toSorted(
    (one, other) =>
      orderTurns(turnOf(one), turnOf(other), compare) ||
      Number(one.introduced !== undefined) - Number(other.introduced !== undefined),
  );
}

function isInRange(version: string, range: Range, compare: Compare): boolean {
  const limits = range.events.flatMap(({ limit }) => (limit === undefined || limit === '*' ? [] : [limit]));
  if (limits.length > 0 && limits.every((limit) => compare(version, limit) >= 0)) return false;
  let isAffected = false;
  for (const { introduced, fixed, last_affected } of sortEvents(range, compare)) {
    if (introduced !== undefined && (introduced === '0' || compare(version, introduced) >= 0))
      isAffected = true;
    else if (fixed !== undefined && compare(version, fixed) >= 0) isAffected = false;
    else if (last_affected !== undefined && compare(version, last_affected) > 0) isAffected = false;
  }
  return isAffected;
}

/** The commit that a version without a tag was made of, as in Go's `v0.0.0-20190101000000-abcdefabcdef`. */
const commitOf = (version: string) => /[-.]\d{14}-([0-9a-f]{12})$/.exec(version)?.[1];

/** The order of commits is only in their repository: known are those that are named, and a range that has no end. */
function isInHistory(version: string, { events }: Range): boolean {
  const commit = commitOf(version);
  const named = commit && events.find((event) => turnOf(event).startsWith(commit));
  if (named) return named.introduced !== undefined || named.last_affected !== undefined;
  return events.every(({ introduced }) => introduced === '0');
}

/** Whether the advisory holds for this version: it is listed, or lies in a range (OSV schema, evaluation). */
export function isAffected(affected: Affected, version: string): boolean {
  const { ecosystem, versions, ranges } = affected;
  return (
    versions.includes(version) ||
    ranges.some((range) =>
      range.type === 'GIT'
        ? isInHistory(version, range)
        : isInRange(version, range, comparing(ecosystem, range)),
    ) ||
    versions.some((listed) => compareVersions(ecosystem, listed, version) === 0)
  );
}

/** The versions above this one that the advisory calls fixed, the lowest first. */
export function listFixes(affected: Affected, version: string): string[] {
  const { ecosystem, ranges } = affected;
  const fixes = ranges.flatMap(({ type, events }) =>
    type === 'GIT' ? [] : events.flatMap(({ fixed }) => fixed ?? []),
  );
  return [...new Set(fixes)]
    .filter((fix) => compareVersions(ecosystem, fix, version) > 0)
    .toSorted((one, other) => compareVersions(ecosystem, one, other));
}
