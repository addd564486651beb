import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from '../lab/lab.ts';
import { runGuarded, runInLab } from '../lab/run-guarded.ts';
import { platformOf, tiersOf } from '../lab/tiers.ts';
import type { Attempt, Tier } from './attempts.ts';
import { findReached } from './reached.ts';
import { attackedRule } from './rules.ts';
import { buildWeapons, commandOf, makeWorld } from './world.ts';

/** Tests of attempts on a function: what they reach without a guard, and at each tier. */
export function tryAttempts(attempts: Attempt[]): void {
  let lab: Lab;
  beforeAll(async () => {
    buildWeapons();
    lab = await openLab();
  });
  afterAll(() => lab?.close());

  const named = attempts.map((attempt) => [`${attempt.language} ${attempt.name}`, attempt] as const);

  describe('without a guard', () => {
    it.each(named.filter(([, { harmless }]) => !harmless))('%s reaches its goals', async (_, attempt) => {
      const world = makeWorld();
      try {
        const finished = await runInLab(lab, commandOf(attempt), {
          ...world.environment,
          LOCAL: lab.localSocket,
        });
        expect(findReached(attempt, world, finished, await lab.takeLog())).toEqual(attempt.goals);
      } finally {
        world.remove();
      }
    });
  });

  describe.each<Tier>(['T0', 'T1', 'T2', 'T0+T2'])('at %s', (tier) => {
    it.each(named)('%s', async (_, attempt) => {
      const world = makeWorld();
      try {
        const guarded = {
          rule: attackedRule(world),
          platform: platformOf(tier),
          env: { ...world.environment, LOCAL: lab.localSocket },
        };
        const finished = await runGuarded(lab, guarded, commandOf(attempt));
        const reached = findReached(attempt, world, finished, await lab.takeLog());
        const [coverage] = finished.audits.filter(({ type }) => type === 'coverage');
        expect(coverage).toMatchObject({ detail: tiersOf(tier) });
        expect(reached).toEqual(attempt.unstopped?.[tier] ? attempt.goals : []);
      } finally {
        world.remove();
      }
    });
  });
}
