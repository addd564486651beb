import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

interface FunctionDescription {
  name: string;
  region: string;
  account?: string;
  runtime: string;
  arch: string;
}

/**
 * Writes the layer to `layerPath` and answers the function's variables. A process of its own, since constructs are made
 * synchronously and a Console is not asked so. Throws what the command says.
 */
export function configureFunction(
  source: { policy?: string; key?: string; console?: string },
  layerPath: string,
  { name, ...identity }: FunctionDescription,
): Record<string, string> {
  const flags = Object.entries({ function: name, ...identity, ...source, output: layerPath }).flatMap(
    ([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`]),
  );
  const command = createRequire(import.meta.url).resolve('ringfence/cli');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--', command, 'layer', ...flags, '--json'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout).environment;
}
