import { fileURLToPath } from 'node:url';
import { makeFunctionEnvironment } from '../../apps/cli/src/run/function-environment.ts';
import { findRuntimeClient } from '../../apps/cli/src/run/runtime-clients.ts';
import type { Place } from './run-meter.ts';

/** How a runtime is started on a function. */
export type Start = { command: string[]; place: Place };

const functions = {
  nodejs: ['nodejs20.x', 'examples/node/function', 'index.handler'],
  python: ['python3.11', 'examples/python/function', 'lambda_function.lambda_handler'],
  java: ['java17', 'examples/java/build/package', 'shop.Import::handleRequest'],
} as const;

/** How a runtime's example is started, with AWS's interface client or the project's; `flags` are more of the interpreter's. */
export function planRuntime(
  family: keyof typeof functions,
  { flags = [], folder, handler }: { flags?: string[]; folder?: string; handler?: string } = {},
): Start {
  const [runtime, example, exampleHandler] = functions[family];
  const taskRoot = fileURLToPath(new URL(`../../${folder ?? example}`, import.meta.url));
  const client = findRuntimeClient(family);
  const { interpreter = '', folder: runtimeFolder = '' } = client;
  const settings = { handler: handler ?? exampleHandler, memoryMb: 1024 };
  const env = makeFunctionEnvironment(
    {
      ...settings,
      runtime,
      functionName: 'bench',
      region: 'eu-west-1',
      account: '123456789012',
      snapStart: false,
    },
    { taskRoot, runtimeFolder, runtimeApi: '' },
  );
  return {
    command: [interpreter, ...flags, ...client.makeArguments({ client: runtimeFolder, ...settings })],
    place: { env: { ...env, ...client.environment }, cwd: taskRoot },
  };
}
