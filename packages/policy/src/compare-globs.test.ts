import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coversGlob, coversPath, pathsOverlap } from './compare-globs.ts';
import { Glob } from './glob.ts';
import { matchGlob, SLASH } from './match-glob.ts';

const covers = (wide: string, narrow: string) => coversPath(new Glob(wide), new Glob(narrow));
const overlap = (first: string, second: string) => pathsOverlap(new Glob(first), new Glob(second));

const anyGlob = (...units: string[]) =>
  fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: 7 }).map((text) => new Glob(text));
const anyPathGlob = anyGlob('a', 'b', '/', '*', '**', '?');
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 9 });
const matchesPath = (glob: Glob, path: string) => matchGlob(glob.bytes, Buffer.from(path), SLASH);

test('no path shows that a pattern which is said to cover another does not', () => {
  let covered = 0;
  fc.assert(
    fc.property(
      anyPathGlob,
      anyPathGlob,
      fc.array(anyText, { minLength: 20, maxLength: 20 }),
      (wide, narrow, paths) => {
        if (!coversPath(wide, narrow)) return;
        covered++;
        for (const path of paths) if (matchesPath(narrow, path)) expect(matchesPath(wide, path)).toBe(true);
      },
    ),
    { numRuns: 20_000 },
  );
  expect(covered).toBeGreaterThan(300);
});

test('every path that two patterns match shows that they overlap', () => {
  let common = 0;
  fc.assert(
    fc.property(anyPathGlob, anyPathGlob, anyText, (first, second, path) => {
      if (!matchesPath(first, path) || !matchesPath(second, path)) return;
      common++;
      expect(pathsOverlap(first, second)).toBe(true);
    }),
    { numRuns: 50_000 },
  );
  expect(common).toBeGreaterThan(100);
});

describe('for short patterns, all short texts together tell', () => {
  // b stands for every character that no pattern names.
  const texts = (length: number): string[] =>
    length === 0 ? [''] : texts(length - 1).flatMap((text) => ['a', 'b', '/'].map((char) => text + char));
  const all = [0, 1, 2, 3, 4, 5, 6].flatMap(texts).map((text) => Buffer.from(text));
  const patterns = (length: number): string[] =>
    length === 0
      ? ['']
      : patterns(length - 1).flatMap((text) => ['a', '/', '*', '**', '?'].map((part) => text + part));
  const short = [...new Set([1, 2, 3].flatMap(patterns))].filter((text) => !text.includes('***'));
  const matchedBy = (separator?: number) =>
    short.map((text) => {
      const glob = new Glob(text);
      return { glob, matches: all.map((path) => matchGlob(glob.bytes, path, separator)) };
    });
  const isWithin = (narrow: boolean[], wide: boolean[]) => narrow.every((match, at) => !match || wide[at]);

  test('whether one covers the other, and whether they overlap', () => {
    const globs = matchedBy(SLASH);
    const wrong = globs.flatMap((wide) =>
      globs
        .filter(
          (narrow) =>
            coversPath(wide.glob, narrow.glob) !== isWithin(narrow.matches, wide.matches) ||
            pathsOverlap(wide.glob, narrow.glob) !==
              wide.matches.some((match, at) => match && narrow.matches[at]),
        )
        .map((narrow) => [wide.glob.text, narrow.glob.text]),
    );
    expect(wrong).toEqual([]);
  });

  test('without folders, never that one covers the other when it does not', () => {
    const globs = matchedBy();
    const wrong = globs.flatMap((wide) =>
      globs
        .filter((narrow) => coversGlob(wide.glob, narrow.glob) && !isWithin(narrow.matches, wide.matches))
        .map((narrow) => [wide.glob.text, narrow.glob.text]),
    );
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['/opt/*', '/opt/x', true],
  ['/opt/**', '/opt/*/x', true],
  ['/opt/*', '/opt/**', false],
  ['/opt/*', '/opt/a/b', false],
  ['/opt/?', '/opt/*', false],
  ['/opt/x', '/opt/x', true],
  ['/**', '/opt/?x/**', true],
  // A ? stands for one byte.
  ['/?/**', '/ü/*', false],
  ['/??/**', '/ü/*', true],
])('%s covers %s: %s', (wide, narrow, answer) => {
  expect(covers(wide, narrow)).toBe(answer);
});

test.each([
  ['/opt/*', '/opt/**', true],
  ['/opt/*/a', '/opt/b/?', true],
  ['/opt/*', '/usr/*', false],
  ['/opt/*', '/opt/a/b', false],
  ['/**/lib', '/tmp/**', true],
  ['/tmp', '/tmp/**', false],
  ['/?', '/ü', false],
  ['/??', '/ü', true],
])('%s and %s overlap: %s', (first, second, answer) => {
  expect([overlap(first, second), overlap(second, first)]).toEqual([answer, answer]);
});

test('long patterns do not take endless time', () => {
  expect(overlap(`/${'*a'.repeat(250)}`, `/${'a*'.repeat(250)}b`)).toBe(false);
});
