import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coversPath, pathsOverlap } from './compare-globs.ts';
import { matchPath } from './match-glob.ts';

const anyGlob = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '*', '**', '?'),
  minLength: 1,
  maxLength: 7,
});
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 9 });

test('no path shows that a pattern which is said to cover another does not', () => {
  let covered = 0;
  fc.assert(
    fc.property(
      anyGlob,
      anyGlob,
      fc.array(anyText, { minLength: 20, maxLength: 20 }),
      (wide, narrow, paths) => {
        if (!coversPath(wide, narrow)) return;
        covered++;
        for (const path of paths) if (matchPath(narrow, path)) expect(matchPath(wide, path)).toBe(true);
      },
    ),
    { numRuns: 20_000 },
  );
  expect(covered).toBeGreaterThan(300);
});

test('every path that two patterns match shows that they overlap', () => {
  let common = 0;
  fc.assert(
    fc.property(anyGlob, anyGlob, anyText, (first, second, path) => {
      if (!matchPath(first, path) || !matchPath(second, path)) return;
      common++;
      expect(pathsOverlap(first, second)).toBe(true);
    }),
    { numRuns: 50_000 },
  );
  expect(common).toBeGreaterThan(100);
});

test.each([
  ['/opt/*', '/opt/x', true],
  ['/opt/**', '/opt/*/x', true],
  ['/opt/*', '/opt/**', false],
  ['/opt/*', '/opt/a/b', false],
  ['/opt/?', '/opt/*', false],
  ['/opt/x', '/opt/x', true],
  ['/**', '/opt/?x/**', true],
])('%s covers %s: %s', (wide, narrow, answer) => {
  expect(coversPath(wide, narrow)).toBe(answer);
});

test.each([
  ['/opt/*', '/opt/**', true],
  ['/opt/*/a', '/opt/b/?', true],
  ['/opt/*', '/usr/*', false],
  ['/opt/*', '/opt/a/b', false],
  ['/**/lib', '/tmp/**', true],
  ['/tmp', '/tmp/**', false],
])('%s and %s overlap: %s', (first, second, answer) => {
  expect([pathsOverlap(first, second), pathsOverlap(second, first)]).toEqual([answer, answer]);
});

test('long patterns do not take endless time', () => {
  expect(pathsOverlap(`/${'*a'.repeat(250)}`, `/${'a*'.repeat(250)}b`)).toBe(false);
});
