import { spawn } from 'node:child_process';
import { collect, type Finished, layOut, signedPolicy } from '../../defender/init/test/protect.ts';
import type { Lab } from './lab.ts';

type RuleInput = Parameters<typeof signedPolicy>[0];

const asFunction = ['setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--'];

/** Runs a command as a function's user inside the lab. */
export function runInLab(lab: Lab, command: string[], env: Record<string, string> = {}): Promise<Finished> {
  const [program = '', ...args] = [...lab.enter, ...asFunction, ...command];
  return collect(
    spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', ...env },
    }),
  );
}

/** The same under the init, with one rule for every function. */
export async function runGuarded(
  lab: Lab,
  rule: RuleInput,
  command: string[],
  env: Record<string, string> = {},
): Promise<Finished> {
  const { init, remove } = layOut({ signedPolicy: signedPolicy(rule) });
  try {
    return await runInLab(lab, [init, ...command], env);
  } finally {
    remove();
  }
}
