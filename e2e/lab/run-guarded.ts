import { spawn } from 'node:child_process';
import { collect, type Finished, layOut, signedPolicy } from '../../defender/init/test/protect.ts';
import type { Lab } from './lab.ts';

export type RuleInput = Parameters<typeof signedPolicy>[0];

const asFunction = ['setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--'];
// In process namespaces of their own, so that whatever an attempt leaves behind or stops ends with it. Their first process,
// which the kernel shields from signals, is a shell and not the init.
const alone = [
  'unshare',
  '--pid',
  '--fork',
  '--kill-child=KILL',
  '--mount-proc',
  'sh',
  '-c',
  '"$@"; exit $?',
  'sh',
];
const patience = ['timeout', '--signal=KILL', '30'];

/** Runs a command as a function's user inside the lab. */
export function runInLab(lab: Lab, command: string[], env: Record<string, string> = {}): Promise<Finished> {
  const [program = '', ...args] = [...patience, ...lab.enter, ...alone, ...asFunction, ...command];
  return collect(
    spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...env },
    }),
  );
}

/** The same under the init, with one rule for every function, behind what `platform` takes away. */
export async function runGuarded(
  lab: Lab,
  { rule, platform, env = {} }: { rule: RuleInput; platform: string[]; env?: Record<string, string> },
  command: string[],
): Promise<Finished> {
  const { init, folder, remove } = layOut({ signedPolicy: signedPolicy(rule) });
  try {
    const guardFolder = `${folder}/.ringfence`;
    return await runInLab(lab, [...platform, init, ...command], { GUARD_FOLDER: guardFolder, ...env });
  } finally {
    remove();
  }
}
