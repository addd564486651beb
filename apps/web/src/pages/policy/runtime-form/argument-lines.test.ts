import { expect, it } from 'vitest';
import { readLines } from '../pattern-lines.ts';
import { formatArgument, parseArgument } from './argument-lines.ts';

it('keeps every argument through its line', () => {
  const given = ['-q', '', ' ', '"', '"a"', 'a b', ' a', 'a ', '\\', '**', '-sOutputFile=/tmp/*'];
  const text = given.map(formatArgument).join('\n');
  expect(readLines(text).patterns.map(parseArgument)).toEqual(given);
});

it('shows plain arguments as they are, and takes what is no JSON as it is', () => {
  expect(formatArgument('-dSAFER')).toBe('-dSAFER');
  expect(parseArgument('"a')).toBe('"a');
});
