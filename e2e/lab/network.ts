import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { addresses } from './addresses.ts';

/** A network namespace whose loopback interface has all addresses of the lab. Needs root and iproute2. */
export type Network = { name: string; enter: string[]; remove: () => void };

/** Makes the namespace; nothing in it can reach this machine's own network. Commands in it see the lab's DNS server in their `resolv.conf`. */
export function makeNetwork(): Network {
  const name = `ringfence-lab-${process.pid}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = `/etc/netns/${name}`;
  mkdirSync(settings, { recursive: true });
  writeFileSync(`${settings}/resolv.conf`, `nameserver ${addresses.dns}\noptions timeout:2 attempts:2\n`);
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  for (const address of [...Object.values(addresses), '169.254.169.254'])
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
