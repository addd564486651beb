import { applyPatch } from 'diff';
import { expect, test } from 'vitest';
import { makePatch } from './make-patch.ts';
import { mergePatches } from './merge-patches.ts';

const before = 'a\nb\nc\nd\ne\nf\n';
const to = (after: string) => makePatch('t.yaml', before, after);
const merge = (...afters: string[]) => {
  const { patch, ...counts } = mergePatches(afters.map(to), () => before);
  return { ...counts, after: applyPatch(before, patch) };
};

test('changes side by side are all made, each once', () => {
  expect(
    merge('a\nB\nc\nd\ne\nf\n', 'a\nb\nd\ne\nf\n', 'a\nB\nc\nd\ne\nf\n', 'a\nb\nc\nd\nx\ny\ne\nf\n'),
  ).toEqual({
    merged: 3,
    left: 0,
    after: 'a\nB\nd\nx\ny\ne\nf\n',
  });
});

test('what changes the lines of another is left as a whole', () => {
  expect(merge('a\nB\nc\nd\ne\nf\n', 'A\nX\nc\nd\ne\nF\n')).toEqual({
    merged: 1,
    left: 1,
    after: 'a\nB\nc\nd\ne\nf\n',
  });
});

test('of nothing there is no patch', () => {
  expect(mergePatches([], () => before)).toEqual({ patch: '', merged: 0, left: 0 });
});
