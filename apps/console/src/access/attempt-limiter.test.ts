import { expect, test } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.ts';

test('the limit holds for the window, for the key alone, and ends with a right attempt', () => {
  const limiter = new AttemptLimiter(2, 60_000);
  limiter.begin('a', 0);
  expect(limiter.getWait('a', 0)).toBe(0);
  limiter.begin('a', 10_000);
  expect(limiter.getWait('a', 10_000)).toBe(50);
  expect(limiter.getWait('b', 10_000)).toBe(0);
  expect(limiter.getWait('a', 60_000)).toBe(0);
  limiter.clear('a');
  expect(limiter.getWait('a', 10_000)).toBe(0);
});

test('many keys do not push out a key that is being guessed at', () => {
  const limiter = new AttemptLimiter(1, 60_000);
  for (let key = 0; key < 30_000; key++) limiter.begin(`key ${key}`, key);
  limiter.begin('guessed', 30_001);
  expect(limiter.getWait('guessed', 30_002)).toBeGreaterThan(0);
  expect(limiter.getWait('key 29999', 30_002)).toBeGreaterThan(0);
});
