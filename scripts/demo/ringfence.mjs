import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';

/** Runs the command `ringfence` as a person would; answers what it printed with --json. `fine` lists the exit codes to accept. */
export async function ringfence(args, { env = {}, fine = [0] } = {}) {
  const child = spawn(join(root, 'apps/cli/bin/ringfence.js'), [...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const closed = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [output, notes, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  if (!fine.includes(code))
    throw new SetupError(`ringfence ${args.join(' ')} failed (${code}): ${notes.trim()}`, 1);
  return JSON.parse(output);
}
