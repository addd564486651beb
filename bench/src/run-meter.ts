import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { unprivileged } from './unprivileged.ts';

const LIMIT_MS = 60_000;

/** Where a meter runs: `network` is the command that enters another network, which needs root. */
export type Place = { env?: Record<string, string>; cwd?: string; network?: string[] };

/** Runs a meter, or an init that starts one; returns its samples. Throws when it failed, or hangs. */
export async function runMeter(
  command: string[],
  { env = {}, cwd = '/', network }: Place = {},
): Promise<number[]> {
  const becomeFunction = ['setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--'];
  const [program = '', ...args] = network ? [...network, ...becomeFunction, ...command] : command;
  const meter = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    cwd,
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...env },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    ...(network ? {} : unprivileged),
  });
  const closed = once(meter, 'close');
  const [printed, [code, signal]] = await Promise.all([text(meter.stdio[3] as Readable), closed]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code ?? signal}.`);
  return printed.trim().split('\n').map(Number);
}
