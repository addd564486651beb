import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The words that start the command from its sources. The two dashes: Node 20 would take a `--env-file` of ours for its own. */
export const ringfenceLine = [
  process.execPath,
  '--conditions=source',
  '--import',
  import.meta.resolve('tsx'),
  '--',
  main,
];

/** Runs `ringfence` from its sources as its own process, like a person would; without a Console in its environment. */
export function runRingfence(
  args: string[],
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
) {
  const { RINGFENCE_CONSOLE, RINGFENCE_TOKEN, ...inherited } = process.env;
  const [command = '', ...words] = ringfenceLine;
  const result = spawnSync(command, [...words, ...args], {
    encoding: 'utf8',
    env: { ...inherited, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}
