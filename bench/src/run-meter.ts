import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { unprivileged } from './unprivileged.ts';

const LIMIT_MS = 60_000;

/** Runs a meter, or an init that starts one; returns its samples. Throws when it failed, or hangs. */
export async function runMeter(
  command: string[],
  { env = {}, cwd = '/' }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<number[]> {
  const [program = '', ...args] = command;
  const meter = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    cwd,
    env: { PATH: '/usr/bin:/bin', ...env },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    ...unprivileged,
  });
  const closed = once(meter, 'close');
  const [printed, [code, signal]] = await Promise.all([text(meter.stdio[3] as Readable), closed]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code ?? signal}.`);
  return printed.trim().split('\n').map(Number);
}
