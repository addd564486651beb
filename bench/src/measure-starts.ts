import { fileURLToPath } from 'node:url';
import { makeFunctionEnvironment } from '../../apps/cli/src/run/function-environment.ts';
import { findRuntimeClient } from '../../apps/cli/src/run/runtime-clients.ts';
import type { Programs } from './build-programs.ts';
import { compare } from './compare.ts';
import type { Effort } from './effort.ts';
import type { Row } from './row.ts';
import { runMeter } from './run-meter.ts';

const target = { must: 5, aim: 1, better: 'lower' } as const;
const taskRoot = fileURLToPath(new URL('../../examples/node/function', import.meta.url));

type Place = { env: Record<string, string>; cwd: string };

/** How the example for Node is started, with AWS's interface client. */
function planNode() {
  const client = findRuntimeClient('nodejs');
  const settings = { handler: 'index.handler', memoryMb: 1024 };
  const { interpreter = process.execPath, folder = '' } = client;
  const env = makeFunctionEnvironment(
    {
      ...settings,
      runtime: 'nodejs20.x',
      functionName: 'bench',
      region: 'eu-west-1',
      account: '123456789012',
      snapStart: false,
    },
    { taskRoot, runtimeFolder: folder, runtimeApi: '' },
  );
  return {
    command: [interpreter, ...client.makeArguments({ client: folder, ...settings })],
    place: { env, cwd: taskRoot },
  };
}

/** Cold starts, from the spawn to the runtime's request for its first event. */
export async function measureStarts(
  programs: Programs,
  inits: { alone: string; withConsole: string },
  effort: Effort,
): Promise<Row[]> {
  const node = planNode();
  const start = (command: string[], place: Place) => () =>
    runMeter([programs['start-meter'], String(effort.startsABlock), ...command], place);
  const of = (
    id: string,
    what: string,
    init: string,
    { command, place }: { command: string[]; place: Place },
  ) =>
    compare(
      { id, what, unit: 'ms', target },
      {
        blocks: effort.startBlocks,
        unguarded: start(command, place),
        guarded: start([init, ...command], place),
        scale: 1e-3,
      },
    );
  const smallest = { command: [programs.runtime], place: { env: {}, cwd: '/' } };
  return [
    await of('start-c', 'cold start, C runtime', inits.alone, smallest),
    await of('start-node', 'cold start, Node', inits.alone, node),
    await of('start-node-console', 'cold start, Node, with a Console', inits.withConsole, node),
  ];
}
