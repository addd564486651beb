import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeNetworkNamespace } from './network-namespace.ts';
import { collect, compileProgram, type Finished, layOut, signedPolicy } from './protect.ts';

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

/** What may be reached where nothing else is said; the sockets are those of `openOwnNetwork`. */
const ALLOWED = /^(127\.0\.0\.1|192\.0\.2\.1|2001:db8::1|\S+\.sock|@allowed-one) /;

type Sections = Extract<Parameters<typeof signedPolicy>[0], { network?: unknown }>;
export type NetworkRule = NonNullable<Sections['network']>;
type RunOptions = { platform?: string[]; env?: Record<string, string> };

/**
 * Opens a network of these addresses with a server at each, and lays out `attack`, a program that tries ways to reach them
 * (network-attack.c). Needs root.
 */
export async function openOwnNetwork(name: string) {
  const { enter, remove } = makeNetworkNamespace(name, Object.values(addresses));
  const tools = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(tools, 0o777);
  const attack = join(tools, 'network-attack');
  cpSync(compileProgram('network-attack.c'), attack);
  const sockets = { allowed: join(tools, 'allowed.sock'), forbidden: join(tools, 'forbidden') };

  const asFunction = ['setpriv', '--reuid=993', '--regid=993', '--clear-groups', '--'];
  const start = (command: string[], env: Record<string, string> = {}) =>
    spawn('env', [...enter, ...asFunction, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...env },
    });
  const { silent, ...others } = addresses;
  const listeners = [silent, '127.0.0.1', ...Object.values(others), ...Object.values(sockets)];
  const server = start([attack, 'serve', ...listeners, '@allowed-one', '@forbidden']);
  const heard = await linesOf(server);

  return {
    tools,
    attack,
    sockets,
    /** What the server has heard since this was emptied: address and kind. */
    heard,
    /** What somebody who is not allowed has heard; the others may hear late of an earlier test. */
    leaked: () => heard.filter((line) => !ALLOWED.test(line)),
    /** Starts a command in the network, as the function's user. */
    start,
    /** Runs a command in the network under the init, behind what `platform` takes away. */
    async run(network: NetworkRule, command: string[], { platform = [], env }: RunOptions = {}) {
      const { init, remove } = layOut({
        signedPolicy: signedPolicy({ process: { effect: 'disable' }, network }),
      });
      try {
        return await collect(start([...platform, init, ...command], env));
      } finally {
        remove();
      }
    },
    close() {
      server.kill();
      remove();
      rmSync(tools, { recursive: true, force: true });
    },
  };
}

/** The error number that the attack ended with, 0 for none, -1 when it did not come to an end. */
export const resultOf = (finished: Finished) => Number(/RESULT (\d+)/.exec(finished.stdout)?.[1] ?? -1);

/** The lines of a server that has said its first one. */
async function linesOf(server: ChildProcess): Promise<string[]> {
  if (!server.stdout) throw new Error('the server has no stdout');
  const lines: string[] = [];
  const reader = createInterface(server.stdout);
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return lines;
}
