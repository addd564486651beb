import { z } from 'zod';
import type { Advisory, RangeEvent } from '../match/advisory.ts';
import { compareRubyGems } from '../versions/compare-rubygems.ts';

const text = z.union([z.string(), z.number()]).transform(String);

/** An advisory of the Ruby advisory database (github.com/rubysec/ruby-advisory-db, README). */
const RubySecRecord = z.object({
  gem: z.string(),
  cve: text.nullish(),
  ghsa: text.nullish(),
  osvdb: text.nullish(),
  url: z.string().nullish(),
  title: z.string(),
  date: z.union([z.string(), z.date()]).transform((date) => new Date(date).toISOString()),
  cvss_v2: z.number().nullish(),
  cvss_v3: z.number().nullish(),
  cvss_v4: z.number().nullish(),
  patched_versions: z.array(text).nullish(),
  unaffected_versions: z.array(text).nullish(),
  related: z.looseObject({ url: z.array(z.string()).nullish() }).nullish(),
});

/** From a version on, up to before another; left out: without an end. */
interface Span {
  from?: string;
  to?: string;
}

/** `~> 2.2.3` ends before 2.3, `~> 2.2` before 3. */
function bump(version: string): string {
  const numbers = version.split('.').filter((part) => /^\d+$/.test(part));
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return [...kept.slice(0, -1), Number(kept.at(-1)) + 1].join('.');
}

/** The versions that a requirement such as `~> 2.2.3` or `>= 1.0, < 2` allows; a limit that stands outside counts as outside. */
function readRequirement(requirement: string): Span {
  const span: Span = {};
  for (const part of requirement.split(',')) {
    const [, operator = '=', version = ''] = /^\s*(~>|>=|<=|>|<|=)?\s*([\w.-]+)\s*$/.exec(part) ?? [];
    if (version === '') continue;
    if (operator !== '<' && operator !== '<=') span.from = operator === '>' ? `${version}.0.0.1` : version;
    if (operator === '~>') span.to = bump(version);
    else if (operator === '<') span.to = version;
    else if (operator === '<=' || operator === '=') span.to = `${version}.0.0.1`;
  }
  return span;
}

/** What lies between the spans that are safe. */
function listAffected(safe: Span[]): RangeEvent[] {
  const events: RangeEvent[] = [];
  let start: string | undefined = '0';
  const ordered = safe.toSorted((one, other) => compareRubyGems(one.from ?? '0', other.from ?? '0'));
  for (const { from, to } of ordered) {
    if (start === undefined) break;
    if (from !== undefined && compareRubyGems(from, start) > 0) {
      events.push({ introduced: start }, { fixed: from });
      start = to;
    } else if (to === undefined || compareRubyGems(to, start) > 0) start = to;
  }
  return start === undefined ? events : [...events, { introduced: start }];
}

/** The qualitative scale of CVSS, since the database gives scores without vectors. */
function rate(score: number | null | undefined): string | undefined {
  if (score == null) return undefined;
  return score >= 9 ? 'CRITICAL' : score >= 7 ? 'HIGH' : score >= 4 ? 'MODERATE' : 'LOW';
}

/** Reads one advisory about a gem; undefined for those about Ruby itself. Throws `ZodError` for what is none. */
export function readRubySec(value: unknown): Advisory | undefined {
  if (typeof value === 'object' && value !== null && !('gem' in value) && 'engine' in value) return undefined;
  const record = RubySecRecord.parse(value);
  const names = [
    ...(record.ghsa ? [`GHSA-${record.ghsa}`] : []),
    ...(record.cve ? [`CVE-${record.cve}`] : []),
    ...(record.osvdb ? [`OSVDB-${record.osvdb}`] : []),
  ];
  const [id = `RUBYSEC-${record.gem}-${record.date.slice(0, 10)}`, ...aliases] = names;
  const rating = rate(record.cvss_v4 ?? record.cvss_v3 ?? record.cvss_v2);
  const safe = [...(record.patched_versions ?? []), ...(record.unaffected_versions ?? [])].map(
    readRequirement,
  );
  return {
    id,
    aliases,
    summary: record.title,
    modified: record.date,
    severity: [],
    ...(rating && { rating }),
    cwes: [],
    references: [...(record.url ? [record.url] : []), ...(record.related?.url ?? [])].slice(0, 12),
    affected: [
      {
        ecosystem: 'RubyGems',
        name: record.gem,
        ranges: [{ type: 'ECOSYSTEM', events: listAffected(safe) }],
        versions: [],
        severity: [],
      },
    ],
  };
}
