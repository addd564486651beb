import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { makeNetworkNamespace } from './network-namespace.ts';

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

/** A network of these addresses, in which commands run as the function's user. */
export function makeNetwork(name: string) {
  const { enter, remove } = makeNetworkNamespace(name, Object.values(addresses));
  const asFunction = ['setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--'];
  return {
    start: (command: string[], env: Record<string, string> = {}) =>
      spawn('env', [...enter, ...asFunction, ...command], {
        stdio: ['ignore', 'pipe', 'pipe'],
        cwd: '/',
        env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...env },
      }),
    remove,
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
