import { expect, it } from 'vitest';
import { describeProgress } from './model-words.ts';

it('says how far it is to the limit that comes first', () => {
  const model = { invocations: 50, since: 0, limits: { invocations: 100, seconds: 7200 } };
  expect(describeProgress(model, 1_800_000)).toEqual({ part: 0.5, words: '50 of 100 invocations' });
  expect(describeProgress(model, 5_400_000)).toEqual({ part: 0.75, words: '1.5 h of 2 h' });
  expect(describeProgress(model, 99_000_000)?.part).toBe(1);
  expect(describeProgress({ ...model, limits: { invocations: 0, seconds: 0 } }, 1)).toBeUndefined();
  expect(describeProgress({ ...model, limits: null }, 1)).toBeUndefined();
});
