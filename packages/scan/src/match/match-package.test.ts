import { expect, test } from 'vitest';
import type { Advisory, Affected, RangeEvent } from './advisory.ts';
import { isAffected } from './is-affected.ts';
import { matchPackage } from './match-package.ts';

const affected = (events: RangeEvent[], rest: Partial<Affected> = {}): Affected => ({
  ecosystem: 'npm',
  name: 'left',
  ranges: events.length > 0 ? [{ type: 'SEMVER', events }] : [],
  versions: [],
  severity: [],
  ...rest,
});

const advisory = (id: string, events: RangeEvent[], rest: Partial<Advisory> = {}): Advisory => ({
  id,
  aliases: [],
  summary: id,
  modified: '2026-01-01T00:00:00Z',
  severity: [],
  cwes: [],
  references: [],
  affected: [affected(events)],
  ...rest,
});

const ranges: [string, RangeEvent[], yes: string[], no: string[]][] = [
  [
    'from the beginning to a fix',
    [{ introduced: '0' }, { fixed: '1.2.0' }],
    ['0.0.1', '1.1.9', '1.2.0-rc.1'],
    ['1.2.0', '2.0.0'],
  ],
  ['without an end', [{ introduced: '2.0.0' }], ['2.0.0', '99.0.0'], ['1.9.9', '2.0.0-beta']],
  [
    'the last one is affected too',
    [{ introduced: '1.0.0' }, { last_affected: '1.5.0' }],
    ['1.0.0', '1.5.0'],
    ['1.5.1', '0.9.0'],
  ],
  [
    'several spans, in any order',
    [{ fixed: '3.1.0' }, { introduced: '3.0.0' }, { fixed: '2.1.0' }, { introduced: '2.0.0' }],
    ['2.0.5', '3.0.0'],
    ['2.1.0', '2.9.0', '3.1.0'],
  ],
  [
    'introduced again where it was fixed',
    [{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.0.0' }, { fixed: '1.1.0' }],
    ['0.5.0', '1.0.0'],
    ['1.1.0'],
  ],
  ['up to a limit', [{ introduced: '0' }, { limit: '2.0.0' }], ['1.9.0'], ['2.0.0']],
  [
    'from zero, which is before all prereleases',
    [{ introduced: '0' }, { fixed: '0.0.1' }],
    ['0.0.0-alpha', '0.0.0'],
    ['0.0.1'],
  ],
];

test.each(ranges)('%s', (_, events, yes, no) => {
  expect(yes.filter((version) => !isAffected(affected(events), version))).toEqual([]);
  expect(no.filter((version) => isAffected(affected(events), version))).toEqual([]);
});

test('a range of commits holds for what has no end, and for the commits that it names', () => {
  const commit = (first: string) => first.padEnd(40, '0');
  const git = (...events: RangeEvent[]) =>
    affected([], { ecosystem: 'Go', ranges: [{ type: 'GIT', events }] });
  const pseudo = (hash: string) => `0.0.0-20240101000000-${hash}00000000`;
  const ended = git({ introduced: commit('aaaa') }, { fixed: commit('bbbb') }, { introduced: '0' });
  expect(isAffected(git({ introduced: '0' }), '1.2.3')).toBe(true);
  expect(isAffected(git({ introduced: commit('aaaa') }), '1.2.3')).toBe(false);
  expect(
    ['1.2.3', pseudo('aaaa'), pseudo('bbbb'), pseudo('cccc')].map((each) => isAffected(ended, each)),
  ).toEqual([false, true, false, false]);
});

test('a listed version is affected, however it is written', () => {
  const listed = affected([], { ecosystem: 'PyPI', versions: ['1.0', '2.0rc1'] });
  expect(['1.0', '1.0.0', '2.0-rc1', '2.0'].map((version) => isAffected(listed, version))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('the fix is that of the span that holds the version, and the upgrade is without any fault', () => {
  const one = advisory('GHSA-1', [
    { introduced: '1.0.0' },
    { fixed: '1.2.0' },
    { introduced: '2.0.0' },
    { fixed: '2.3.0' },
  ]);
  const other = advisory('GHSA-2', [{ introduced: '1.1.0' }, { fixed: '1.5.0' }]);
  const later = advisory('GHSA-3', [{ introduced: '1.5.0' }, { fixed: '1.6.0' }]);
  const matches = matchPackage({ ecosystem: 'npm', name: 'left', version: '1.1.0' }, [one, other, later]);
  expect(matches.map(({ advisory, fixed, upgrade }) => [advisory.id, fixed, upgrade])).toEqual([
    ['GHSA-1', '1.2.0', '2.3.0'],
    ['GHSA-2', '1.5.0', '2.3.0'],
  ]);
});

test('the same fault of two databases is one match, with the ratings of both', () => {
  const ours = advisory('PYSEC-1', [{ introduced: '0' }], { aliases: ['CVE-1'] });
  const theirs = advisory('GHSA-1', [{ introduced: '0' }, { fixed: '2.0.0' }], {
    aliases: ['CVE-1'],
    rating: 'HIGH',
    severity: [
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N',
    ],
  });
  const [match, ...others] = matchPackage({ ecosystem: 'npm', name: 'left', version: '1.0.0' }, [
    ours,
    theirs,
  ]);
  expect(others).toEqual([]);
  expect(match).toMatchObject({
    advisory: { id: 'GHSA-1' },
    aliases: ['CVE-1', 'PYSEC-1'],
    severity: 'medium',
    cvss: { score: 6.9 },
    fixed: '2.0.0',
    upgrade: '2.0.0',
  });
});

test('a malicious package is critical, whatever else is said', () => {
  const [match] = matchPackage({ ecosystem: 'npm', name: 'left', version: '1.0.0' }, [
    advisory('MAL-2026-1', [], { affected: [affected([], { versions: ['1.0.0'] })] }),
  ]);
  expect(match).toMatchObject({ malicious: true, severity: 'critical' });
});

test.each([
  [['CVSS:3.1/rubbish'], 'MODERATE', 'medium'],
  [[], 'LOW', 'low'],
  [[], undefined, 'medium'],
  [['AV:N/AC:L/Au:N/C:C/I:C/A:C'], undefined, 'critical'],
] as const)('severity of %j and %s', (severity, rating, expected) => {
  const [match] = matchPackage({ ecosystem: 'npm', name: 'left', version: '1.0.0' }, [
    advisory('X-1', [{ introduced: '0' }], { severity: [...severity], ...(rating && { rating }) }),
  ]);
  expect(match?.severity).toBe(expected);
});
