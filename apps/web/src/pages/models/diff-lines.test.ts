import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const show = (before: string[], after: string[]) =>
  diffLines(before, after).map(({ mark, text }) => mark + text);

it('marks what comes and goes, and keeps what is the same but for its comment', () => {
  expect(show([], ['a'])).toEqual(['+a']);
  expect(show(['a', 'b', 'c'], ['a', 'x', 'c # 3 times'])).toEqual([' a', '-b', '+x', ' c # 3 times']);
});

it('leads from any text to any other', () => {
  const anyText = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const lines = diffLines(before, after);
      const without = (mark: string) => lines.filter((line) => line.mark !== mark).map(({ text }) => text);
      expect(without('+')).toEqual(before);
      expect(without('-')).toEqual(after);
    }),
  );
});
