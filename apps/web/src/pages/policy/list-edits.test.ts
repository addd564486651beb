import { expect, it } from 'vitest';
import { moveItem, nameCopy } from './list-edits.ts';

it('moves an item up, down and to the ends', () => {
  expect(moveItem(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moveItem(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});

it('leaves the list alone when the place is outside', () => {
  expect(moveItem(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moveItem(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
});

it('finds a free name for a copy', () => {
  expect(nameCopy('a', ['a'])).toBe('a copy');
  expect(nameCopy('a', ['a', 'a copy', 'a copy 2'])).toBe('a copy 3');
});
