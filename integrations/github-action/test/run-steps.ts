import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ringfenceLine } from '../../../apps/cli/src/testing/run-ringfence.ts';

const actionPath = fileURLToPath(new URL('..', import.meta.url));
export const actionText = readFileSync(join(actionPath, 'action.yml'), 'utf8');

interface Step {
  name: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}
interface Action {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}
const action: Action = parse(actionText);

/** Runs a script by bash with the ringfence of the sources on its path. */
export function runScript(
  script: string,
  folder: string,
  environment: Record<string, string>,
): Promise<{ code: number; output: string }> {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const quoted = ringfenceLine.map((word) => `'${word}'`).join(' ');
  writeFileSync(join(bin, 'ringfence'), `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(join(bin, 'ringfence'), 0o755);
  const env = {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    ...environment,
  };
  // As GitHub's runner calls `shell: bash`.
  const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  return new Promise((resolve) =>
    execFile('bash', words, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

const readValues = (path: string): Record<string, string> =>
  existsSync(path)
    ? Object.fromEntries(
        readFileSync(path, 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
      )
    : {};

/** Runs the action's shell steps with these inputs, in the way of GitHub's runner: one after the other, until one fails. */
export async function runAction(given: Record<string, string>, folder: string) {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
  const inputs: Record<string, string> = { ...Object.fromEntries(defaults), ...given };
  const outputs: Record<string, string> = {};
  const expand = (text: string): string =>
    text
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => inputs[name] ?? '')
      .replace(/\$\{\{ steps\.\w+\.outputs\.(\w+) \}\}/g, (_, name) => outputs[name] ?? '');
  const runner = join(folder, 'runner');
  mkdirSync(runner, { recursive: true });
  let [code, output] = [0, ''];
  for (const step of action.runs.steps) {
    const wanted = /^inputs\.(\w+) != ''$/.exec(step.if ?? '')?.[1];
    if (!step.run || (wanted !== undefined && !inputs[wanted])) continue;
    const outputFile = join(runner, 'output');
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, expand(value)]);
    const ended = await runScript(step.run, folder, {
      GITHUB_ACTION_PATH: actionPath,
      GITHUB_OUTPUT: outputFile,
      GITHUB_PATH: join(runner, 'path'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      RUNNER_TEMP: runner,
      ...Object.fromEntries(env),
    });
    code = ended.code;
    output += ended.output;
    Object.assign(outputs, readValues(outputFile));
    if (code !== 0) break;
  }
  const values = Object.entries(action.outputs).map(([name, { value }]) => [name, expand(value)]);
  return { code, output, runner, outputs: Object.fromEntries(values) as Record<string, string> };
}
