import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

/** A network of its own: `enter` is the command that runs the arguments after it there. */
export type NetworkNamespace = { name: string; enter: string[]; remove: () => void };

/**
 * Makes a network namespace that leads nowhere, whose loopback interface has these addresses. With `nameServer`, commands in
 * it find that one in their `resolv.conf`. Needs root and iproute2.
 */
export function makeNetworkNamespace(
  name: string,
  addresses: readonly string[],
  nameServer?: string,
): NetworkNamespace {
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = `/etc/netns/${name}`;
  if (nameServer) {
    mkdirSync(settings, { recursive: true });
    writeFileSync(`${settings}/resolv.conf`, `nameserver ${nameServer}\noptions timeout:2 attempts:2\n`);
  }
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  for (const address of addresses)
    ip('-n', name, 'address', 'add', address, 'dev', 'lo', ...(address.includes(':') ? ['nodad'] : []));
  return {
    name,
    enter: ['ip', 'netns', 'exec', name],
    remove: () => {
      ip('netns', 'delete', name);
      rmSync(settings, { recursive: true, force: true });
    },
  };
}
