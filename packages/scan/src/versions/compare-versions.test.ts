import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Ecosystem } from '../ecosystem.ts';
import { compareVersions } from './compare-versions.ts';

/** Each list from the lowest to the highest; what stands together is equal. */
const ascending: [Ecosystem, string[]][] = [
  [
    'npm',
    [
      '0.0.1-0',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0 v1.0.0 =1.0.0 1.0.0+build',
      '1.2.3-x',
      '1.2.3',
      '1.10.0',
      '10.0.0',
    ],
  ],
  ['npm', ['1.2.3beta 1.2.3-beta', '1.2.3', '2.0.0-99999999999999999999', '2.0.0']],
  [
    'Go',
    [
      '0.0.0-20180101000000-abcdefabcdef',
      '0.0.0-20190101000000-abcdefabcdef',
      'v1.0.0-rc.1',
      '1.0.0 v1.0.0 v1 v1.0 1.0.0+incompatible',
      '1.0.1-0.20200101000000-abcdefabcdef',
      'v1.0.1',
      '1.21.0-0',
      '1.21.0-rc.2',
      '1.21.0',
      '1.21.1',
    ],
  ],
  ['Go', ['1.99999999999999999998.0', '1.99999999999999999999.0']],
  [
    'Maven',
    '1-alpha2snapshot 1-alpha2 1-alpha-123 1-beta-2 1-beta123 1-m2 1-m11 1-rc 1-cr2 1-rc123 1-SNAPSHOT 1 1-sp 1-sp2 1-sp123 1-abc 1-def 1-pom-1 1-1-snapshot 1-1 1-2 1-123'.split(
      ' ',
    ),
  ],
  [
    'Maven',
    '2.0 2.0.a 2-1 2.0.2 2.0.123 2.1.0 2.1-a 2.1b 2.1-c 2.1-1 2.1.0.1 2.2 2.123 11.a2 11.a11 11.b2 11.b11 11.m2 11.m11 11 11.a 11b 11c 11m'.split(
      ' ',
    ),
  ],
  [
    'Maven',
    [
      '4.0.0.Alpha1',
      '4.0.0.Beta3',
      '4.0.0.CR1 4.0.0-RC1 4.0.0.rc-1',
      '4.0.0 4 4.0.0.Final 4.0.0.GA 4-release',
      '4.0.0.Final-redhat-1',
      '4.0.0.SP1',
      '4.0.0.jre8',
      '4.0.0.jre16',
      '4.0.0.jre16-preview',
      '4.0.1',
    ],
  ],
  ['Maven', ['1.0.final-redhat', '1.0-sp1-redhat', '1.0.0-1']],
  ['Maven', ['1-snapshot', '1', '1-sp-1', '1.foo 1-foo', '1-foo2', '1-foo10', '1-1 1-ga-1 1.ga-1', '1.1']],
  ['Maven', ['1-ga.1', '1-sp.1']],
  ['Maven', ['1--1 1-0-1', '1-1.foo-bar1baz-.1 1-1.foo-bar-1-baz-0.1']],
  ['Maven', ['1 1.0 1.0.0 1-0 1. 1- 1.ga 1.0.0-0.0.0 0001']],
  [
    'RubyGems',
    ['1.0.a', '1.0.a.2', '1.0.b1', '1.0.0-rc1', '1.0.0.rc2', '1 1.0 1.0.0', '1.0.0.1', '1.9.3', '1.10'],
  ],
  [
    'PyPI',
    [
      '2011k',
      '1.0.dev456',
      '1.0a1',
      '1.0a2.dev456',
      '1.0b2.post345.dev456',
      '1.0b2-346',
      '1.0c1.dev456',
      '1.0rc1 1.0c1 1.0-RC1',
      '1.0 1 1.0.0 v1.0',
      '1.0+abc.5',
      '1.0+5',
      '1.0.post456.dev34',
      '1.0.15',
      '1!0.1',
    ],
  ],
  [
    'NuGet',
    [
      '1.0.0-alpha',
      '1.0.0-Alpha.1',
      '1.0.0-beta.2',
      '1.0.0-BETA.11',
      '1.0 1.0.0.0 1.0.0+metadata',
      '1.0.0.1',
      '1.0.1',
    ],
  ],
];

test.each(ascending)('%s: %j', (ecosystem, list) => {
  const ranked = list.flatMap((versions, rank) => versions.split(' ').map((version) => ({ version, rank })));
  for (const one of ranked)
    for (const other of ranked)
      expect(
        Math.sign(compareVersions(ecosystem, one.version, other.version)),
        `${one.version} and ${other.version}`,
      ).toBe(Math.sign(one.rank - other.rank));
});

test.each(['PyPI', 'RubyGems', 'NuGet'] as const)('%s orders as its own program does', (ecosystem) => {
  const file = new URL(`../../testdata/versions/${ecosystem}.tsv`, import.meta.url);
  const wrong = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [string, string, string])
    .filter(([one, other, order]) => Math.sign(compareVersions(ecosystem, one, other)) !== Number(order));
  expect(wrong).toEqual([]);
});

test.each(['npm', 'Go', 'Maven', 'RubyGems', 'PyPI', 'NuGet'] as const)(
  '%s: anything has a place',
  (ecosystem) => {
    const odd = [
      '',
      ' ',
      '-',
      '.',
      '..',
      'x',
      '1.-',
      '\0',
      'é',
      '1-'.repeat(5000),
      '9'.repeat(5000),
      '1.'.repeat(400),
      '-1'.repeat(300),
    ];
    for (const one of odd)
      for (const other of odd)
        expect(
          Math.sign(compareVersions(ecosystem, one, other)) +
            Math.sign(compareVersions(ecosystem, other, one)),
        ).toBe(0);
  },
);
