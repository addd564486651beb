import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchGlob, SLASH } from './match-glob.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const matchPath = (pattern: string, path: string) => matchGlob(bytes(pattern), bytes(path), SLASH);
const table = readFileSync(new URL('../testdata/path-globs.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [string, string, string]);

test.each(table)('%s and %s: %s', (pattern, path, answer) => {
  expect(matchPath(pattern, path)).toBe(answer === 'yes');
});

/** The same meaning by a regular expression over one character for each byte. */
function matchByRegExp(glob: string, text: string, separator: boolean): boolean {
  const tokens = glob.match(/\*+|[^*]/g) ?? [];
  const source = tokens.map((token) => {
    if (token.startsWith('*')) return !separator || token.length > 1 ? '.*' : '[^/]*';
    return token === '?' ? (separator ? '[^/]' : '.') : token.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's').test(text);
}

const anyGlob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?', '.'), maxLength: 10 });
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 12 });

test.each([true, false])('agrees with a regular expression (paths: %s)', (separator) => {
  let matches = 0;
  fc.assert(
    fc.property(anyGlob, anyText, (glob, text) => {
      const answer = matchGlob(bytes(glob), bytes(text), separator ? 0x2f : -1);
      expect(answer).toBe(matchByRegExp(glob, text, separator));
      if (answer) matches++;
    }),
    { numRuns: 20_000 },
  );
  expect(matches).toBeGreaterThan(100);
});

test('a text without wildcards matches itself only', () => {
  fc.assert(
    fc.property(anyText, anyText, (glob, text) => {
      expect(matchPath(glob, text)).toBe(glob === text);
    }),
  );
});

test('many stars against a long text do not take exponential time', () => {
  expect(matchPath(`/${'*a'.repeat(200)}b`, `/${'a'.repeat(4000)}`)).toBe(false);
  expect(matchPath(`/${'**a'.repeat(150)}b`, `/${'a'.repeat(4000)}`)).toBe(false);
});
