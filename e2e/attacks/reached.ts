import type { Finished } from '../../defender/init/test/protect.ts';
import type { Attempt, Goal } from './attempts.ts';
import type { World } from './world.ts';

/** Which goals of the attempt were reached, seen from outside: by output, the lab's servers, and the protected folder. */
export function findReached(attempt: Attempt, world: World, finished: Finished, log: string[]): Goal[] {
  const logged = (who: string) => log.some((line) => line.startsWith(who) && line.includes(world.loot));
  const output = finished.stdout + finished.stderr;
  const reached: Record<Goal, () => boolean> = {
    program: () => output.includes('EVIL RAN'),
    stranger: () => logged('stranger'),
    lookup: () => logged('lookup') || logged('stranger') || logged('packet'),
    metadata: () => logged('metadata'),
    local: () => logged('local'),
    secret: () => output.includes(world.secretText),
    protected: () => world.protectedChanged(),
    resource: () => output.includes('REACHED'),
  };
  return attempt.goals.filter((goal) => reached[goal]());
}
