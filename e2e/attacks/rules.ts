import type { RuleInput } from '../lab/run-guarded.ts';

/** Programs that the attacked functions may start. */
export const allowedPrograms = ['/usr/bin/true', '/usr/bin/env', '/usr/bin/cat'];

/** One tight rule for all attempts: what an ordinary function of the lab needs, and nothing else. `world` says where its things are. */
export function attackedRule(world: { secret: string; scratch: string }): RuleInput {
  return {
    process: { allow: allowedPrograms },
    network: { outbound: ['*.lab.test:80', '*.lab.test:9000'], unix: ['@lab-allowed'] },
    files: {
      write: [`${world.scratch}/**`],
      denyRead: [world.secret],
      denyExecute: [`${world.scratch}/**`],
    },
    secrets: ['HIDDEN_*'],
  };
}
