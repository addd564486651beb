import { pickGiven } from '../common/pick-given.ts';
import { readRepeated } from '../common/read-repeated.ts';
import { parseNumber, readVariables } from './parse-run-arguments.ts';
import type { RunOptions } from './run-options.ts';
import { type Likeness, likenesses } from './sandbox-places.ts';

/** How a function is run, shared by the commands that run one. */
export const runFlags = {
  runtime: {
    type: 'string',
    description:
      "Lambda's identifier of its runtime, such as python3.13. Recognised from the package when left out.",
    valueHint: 'ID',
  },
  handler: {
    type: 'string',
    description:
      'What to call. Default: index.handler (Node), lambda_function.lambda_handler (Python, Ruby).',
    valueHint: 'HANDLER',
  },
  memory: { type: 'string', description: 'Memory in MB, 128 to 10240.', valueHint: 'MB', default: '128' },
  timeout: { type: 'string', description: 'Seconds, 1 to 900.', valueHint: 'SECONDS', default: '3' },
  'env-file': {
    type: 'string',
    description: 'Variables as NAME=VALUE lines, such as embed writes.',
    valueHint: 'FILE',
  },
  env: {
    type: 'string',
    description: 'A variable; may be given several times.',
    valueHint: 'NAME=VALUE…',
  },
  layer: {
    type: 'string',
    description: 'A layer, a zip or a folder; may be given several times, later ones on top.',
    valueHint: 'FILE…',
  },
  like: {
    type: 'enum',
    description: 'Whose sandbox to imitate; lambda refuses the system calls that Lambda refuses.',
    options: [...likenesses] as Likeness[],
    default: 'container',
  },
  user: {
    type: 'string',
    description: 'User and group id to run as (as root). Default: 993.',
    valueHint: 'ID',
  },
} as const;

type RunFlags = {
  [Name in 'runtime' | 'handler' | 'memory' | 'timeout' | 'user' | 'env-file']?: string | undefined;
} & {
  like: Likeness;
};

/** What the flags say. Throws a usage error that names the flag. */
export async function readRunOptions(
  args: RunFlags,
  rawArgs: string[],
): Promise<Omit<RunOptions, 'package'>> {
  return {
    ...pickGiven({
      runtime: args.runtime,
      handler: args.handler,
      memoryMb: parseNumber('--memory', args.memory, 128, 10_240),
      timeoutSeconds: parseNumber('--timeout', args.timeout, 1, 900),
      user: parseNumber('--user', args.user, 0, 65_534),
    }),
    environment: await readVariables(args['env-file'], rawArgs),
    layers: readRepeated('layer', rawArgs),
    like: args.like,
  };
}
