import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ConsoleOptions, RunningConsole } from '../console-options.ts';

export type SpawnedConsole = Pick<RunningConsole, 'url' | 'defenderUrl' | 'authority' | 'setupUrl'> & {
  child: ChildProcess;
  /** Ends it as given and waits until it is gone. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

/** Starts a Console as a process of its own, from the sources. Rejects with the error that it prints. */
export async function spawnConsole(options: Omit<ConsoleOptions, 'log'>): Promise<SpawnedConsole> {
  const path = fileURLToPath(new URL('./run-console.ts', import.meta.url));
  const child = fork(path, [JSON.stringify({ port: 0, defenderPort: 0, ...options })], {
    execArgv: ['--conditions=source', '--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  const [first] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the Console ended with ${code}`))),
  ]);
  const printed = JSON.parse(first);
  if (printed.error) throw Object.assign(new Error(printed.error), { hint: printed.hint });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { ...printed, child, end };
}
