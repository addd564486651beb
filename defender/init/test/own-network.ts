import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Addresses that RFC 5737 and RFC 3849 keep free for examples. */
export const addresses = {
  allowed: '192.0.2.1',
  allowed6: '2001:db8::1',
  forbidden: '198.51.100.66',
  forbidden6: '2001:db8:bad::66',
  metadata: '169.254.169.254',
  /** Whoever connects to it gets no answer. */
  silent: '203.0.113.9',
} as const;

/** A network namespace that leads nowhere, with some addresses of its own. Needs root and iproute2. */
export function makeNetwork(name: string) {
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  for (const address of Object.values(addresses))
    ip('-n', name, 'address', 'add', address, 'dev', 'lo', ...(address.includes(':') ? ['nodad'] : []));
  const enter = ['ip', 'netns', 'exec', name];
  return {
    /** Starts a command in it, as the function's user. */
    start: (command: string[], env: Record<string, string> = {}) =>
      spawn(
        enter[0] ?? '',
        [...enter.slice(1), 'setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--', ...command],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
          cwd: '/',
          env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...env },
        },
      ),
    remove: () => ip('netns', 'delete', name),
  };
}

/** The lines of a server that has said its first one. */
export async function linesOf(server: ChildProcess): Promise<string[]> {
  if (!server.stdout) throw new Error('the server has no stdout');
  const lines: string[] = [];
  const reader = createInterface(server.stdout);
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return lines;
}
