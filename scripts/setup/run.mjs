import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SetupError } from './say.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in the project's folder with its output shown; answers its exit code (128 + signal when killed). */
export function start(command, args, { env = {}, quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      ...options,
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) =>
      reject(
        error.code === 'ENOENT'
          ? new SetupError(`${command} is missing on this machine; install it and try again.`)
          : error,
      ),
    );
    child.on('close', (code, signal) => {
      const exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      if (quiet && exitCode !== 0) process.stderr.write(Buffer.concat(output));
      resolve(exitCode);
    });
  });
}

/** Like `start`, but a failure ends the script with one line that says what failed and what to do. */
export async function run(command, args, whatToDo, options) {
  const code = await start(command, args, options);
  if (code !== 0) throw new SetupError(`"${[command, ...args].join(' ')}" failed (${code}). ${whatToDo}`);
}
