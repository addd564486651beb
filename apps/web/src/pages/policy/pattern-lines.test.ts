import { expect, it } from 'vitest';
import { readLines } from './pattern-lines.ts';

it('skips empty lines and keeps the line numbers', () => {
  expect(readLines('/a\n\n  /b \r\n/c\n')).toEqual({ patterns: ['/a', '/b', '/c'], lines: [1, 3, 4] });
});

it('has no patterns for an empty text', () => {
  expect(readLines(' \n')).toEqual({ patterns: [], lines: [] });
});
