import { expect, test } from 'vitest';
import type { Judged } from './judged.ts';
import { keepSure, summarize, tally, tallyBy } from './tally-strings.ts';

const judged = (label: Judged['label'], tier: string, ...verdicts: [string, number][]): Judged => ({
  label,
  tier,
  source: 'a/b',
  verdicts: verdicts.map(([name, confidence]) => ({ name, confidence })),
});
const strings = [
  judged('sqli', 'plain', ['sqli', 90]),
  judged('sqli', 'plain', ['xss', 60]),
  judged('sqli', 'pl3'),
  judged('xss', 'plain', ['xss', 60]),
  judged('xss', 'plain'),
  judged('lfi', 'exotic'),
  judged('benign', 'hard', ['sqli', 60]),
  judged('benign', 'hard'),
  judged('benign', 'plain'),
  judged('benign', 'plain'),
];

test('tells what is found from what is named', () => {
  expect(tally(strings.slice(0, 2))).toEqual({ count: 2, found: 1, named: 0.5 });
});

test('counts by key', () => {
  expect([...tallyBy(strings, ({ label }) => label)].map(([key, { count }]) => [key, count])).toEqual([
    ['benign', 4],
    ['lfi', 1],
    ['sqli', 3],
    ['xss', 2],
  ]);
});

test('sums up the core tiers class by class, and all benign strings', () => {
  expect(summarize(strings)).toEqual({ macroRecall: 0.75, falsePositives: 0.25, balancedAccuracy: 0.75 });
  expect(summarize(keepSure(strings, 70))).toEqual({
    macroRecall: 0.25,
    falsePositives: 0,
    balancedAccuracy: 0.625,
  });
});
