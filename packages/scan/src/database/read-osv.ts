import { z } from 'zod';
import { type Ecosystem, isEcosystem, normaliseName } from '../ecosystem.ts';
import type { Advisory, Affected, RangeEvent } from '../match/advisory.ts';

const texts = z.array(z.string()).nullish();
const severities = z.array(z.looseObject({ type: z.string(), score: z.string() })).nullish();
const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

/** The part of the OSV schema 1.7 that is read; databases may add what they like. */
const OsvRecord = z.object({
  id: z.string().min(1).max(200),
  modified: z.string().default(''),
  withdrawn: z.string().nullish(),
  aliases: texts,
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: severities,
  references: z.array(z.looseObject({ url: z.string() })).nullish(),
  database_specific: z
    .looseObject({ severity: z.unknown().optional(), cwe_ids: z.unknown().optional() })
    .nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).nullish(),
        ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).nullish(),
        versions: texts,
        severity: severities,
        ecosystem_specific: z.looseObject({ severity: z.unknown().optional() }).nullish(),
        database_specific: z
          .looseObject({
            severity: z.unknown().optional(),
            cwes: z.unknown().optional(),
            last_known_affected_version_range: z.unknown().optional(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});
type OsvRecord = z.infer<typeof OsvRecord>;
type OsvAffected = NonNullable<OsvRecord['affected']>[number];

const referencesKept = 12;
const summaryLength = 300;

const scores = (list: OsvRecord['severity']) =>
  (list ?? []).flatMap(({ type, score }) => (type.startsWith('CVSS') ? [score] : []));

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Names of CWEs wherever databases put them: `["CWE-79"]`, or objects with `cweId` as in the malicious-packages records. */
const readCwes = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((each) => asText(each) ?? asText(each?.cweId) ?? []) : [];

/** GitHub's word for where a range ends that nothing fixes: `<= 1.2.3` or `< 1.2.3`. */
function readLastKnown(text: unknown): RangeEvent[] {
  const [, inclusive, version = ''] = /^\s*<(=?)\s*(\S+)\s*$/.exec(asText(text) ?? '') ?? [];
  return version ? [inclusive ? { last_affected: version } : { limit: version }] : [];
}

/** The ranges of versions. Commits count only where nothing else is said, since a package seldom tells its commit. */
function readRanges({ ranges, versions, database_specific }: OsvAffected): Affected['ranges'] {
  const end = readLastKnown(database_specific?.last_known_affected_version_range);
  const read = (ranges ?? []).flatMap(({ type, events }): Affected['ranges'] => {
    const isOpen = events.every(({ introduced }) => introduced !== undefined);
    if (type === 'SEMVER' || type === 'ECOSYSTEM')
      return [{ type, events: isOpen ? [...events, ...end] : events }];
    return type === 'GIT' ? [{ type, events }] : [];
  });
  const ofVersions = read.filter(({ type }) => type !== 'GIT');
  return ofVersions.length > 0 || versions?.length ? ofVersions : read;
}

function readAffected(affected: OsvAffected): Affected[] {
  const { package: named, versions, severity } = affected;
  // Some ecosystems have a suffix, as Maven:https://…
  const ecosystem = named?.ecosystem.split(':')[0] ?? '';
  if (!named || !isEcosystem(ecosystem)) return [];
  return [
    {
      ecosystem: ecosystem satisfies Ecosystem,
      name: normaliseName(ecosystem, named.name),
      ranges: readRanges(affected),
      versions: versions ?? [],
      severity: scores(severity),
    },
  ];
}

/** The first sentence or line of a description, for records without a summary. */
const firstLine = (details: string) => details.trim().split(/\n|(?<=[.!?])\s/, 1)[0] ?? '';

/**
 * Reads one OSV record. Undefined for one that is withdrawn or about nothing that is scanned. Throws `ZodError` for what is no OSV record.
 */
export function readOsv(value: unknown): Advisory | undefined {
  const record = OsvRecord.parse(value);
  if (record.withdrawn) return undefined;
  const affected = (record.affected ?? []).flatMap(readAffected);
  if (affected.length === 0) return undefined;
  const specific = record.affected?.map(({ database_specific }) => database_specific);
  const rating =
    asText(record.database_specific?.severity) ??
    record.affected?.flatMap(
      (each) => asText(each.ecosystem_specific?.severity) ?? asText(each.database_specific?.severity) ?? [],
    )[0];
  const cwes = [record.database_specific?.cwe_ids, ...(specific ?? []).map((each) => each?.cwes)].flatMap(
    readCwes,
  );
  return {
    id: record.id,
    aliases: record.aliases ?? [],
    summary: (record.summary || firstLine(record.details ?? '') || record.id).slice(0, summaryLength),
    modified: record.modified,
    severity: scores(record.severity),
    ...(rating !== undefined && { rating }),
    cwes: [...new Set(cwes)],
    references: (record.references ?? []).map(({ url }) => url).slice(0, referencesKept),
    affected,
  };
}
