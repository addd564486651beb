import type { Programs } from './build-programs.ts';
import { compareCommands, type Tier } from './compare-commands.ts';
import type { Effort } from './effort.ts';
import { planRuntime, type Start } from './plan-runtime.ts';
import type { Row } from './row.ts';

const target = { must: 5, aim: 1.5, better: 'lower' } as const;

/** Cold starts, from the spawn to the runtime's request for its first event. */
export async function measureStarts(
  programs: Programs,
  inits: { alone: string; withConsole: string },
  effort: Effort,
): Promise<Row[]> {
  const of = (
    id: string,
    what: string,
    { command, place }: Start,
    {
      tier = 'T0',
      init = inits.alone,
      rounds = effort.startsABlock,
    }: { tier?: Tier; init?: string; rounds?: number } = {},
  ) => {
    const meter = [programs['start-meter'], String(rounds)];
    return compareCommands(
      { id, what: `cold start, ${what}`, unit: 'ms', target },
      {
        tier,
        blocks: effort.startBlocks,
        unguarded: [...meter, ...command],
        guarded: [...meter, init, ...command],
        place,
        scale: 1e-3,
      },
    );
  };
  const [node, python, java] = [planRuntime('nodejs'), planRuntime('python'), planRuntime('java')];
  const slow = { rounds: effort.slowStartsABlock };
  return [
    await of('start-c', 'C runtime', { command: [programs.runtime], place: {} }),
    await of('start-node', 'Node', node),
    await of('start-node-console', 'Node, with a Console', node, { init: inits.withConsole }),
    await of('start-python', 'Python', python, slow),
    await of('start-java', 'Java', java, slow),
    await of('start-node-t2', 'Node, T2', node, { tier: 'T2', ...slow }),
    await of('start-python-t2', 'Python, T2', python, { tier: 'T2', ...slow }),
    await of('start-java-t2', 'Java, T2', java, { tier: 'T2', ...slow }),
  ];
}
