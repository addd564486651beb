import { execFileSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { sourceOf } from '../sources.mjs';
import { buildChecked } from './console-host.ts';

let executable: string;
beforeAll(() => {
  executable = buildChecked(
    'loop-host',
    [sourceOf('loop'), 'test/loop-host.c'],
    ['clock_gettime=moved_clock'],
  );
});

/** Moves the clock by these milliseconds, turn by turn: passed time, firings of the timers for 10 ms and for an hour. */
const turn = (...milliseconds: number[]) =>
  execFileSync(executable, milliseconds.map(String), { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').map(Number));

const HOUR = 3_600_000;

it('counts what passes', () => {
  expect(turn(5, 5, 5, 15)).toEqual([
    [6, 0, 0],
    [11, 1, 0],
    [16, 1, 0],
    [31, 2, 0],
  ]);
});

it('takes a jump of hours for a freeze, in which nobody could answer', () => {
  const [first, second] = turn(100 * HOUR, 10);
  expect(first).toEqual([1001, 1, 0]);
  expect(second).toEqual([1011, 2, 0]);
});

it('goes on after a jump backwards', () => {
  expect(turn(5, -100 * HOUR, 5, 10)).toEqual([
    [6, 0, 0],
    [6, 0, 0],
    [11, 1, 0],
    [21, 2, 0],
  ]);
});
