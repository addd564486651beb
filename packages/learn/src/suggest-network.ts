import type { ModelEntry } from '@ringfence/audit';
import {
  findUnixProblem,
  type NetworkSettings,
  parseIpNetwork,
  parseOutbound,
} from '@ringfence/policy/schema';
import { isFreePort, isLoopback } from './allows-entry.ts';
import { generalisePaths } from './generalise-paths.ts';
import { type Groups, groupBy, regroup } from './group.ts';

/**
 * As many names of one domain, or addresses of one network, are listed one by one. More than for files: whoever may reach
 * *.s3.amazonaws.com may reach a bucket of an attacker.
 */
const NEIGHBOURS = 32;
/** Whatever goes to port 53 goes to the init's resolver, so this port stands for looking a name up, and no more. */
const LOOKUP_PORT = 53;
/** More different ports of UDP than this: a resolver tries them at random. */
const RANDOM_PORTS = 2;

/** docs/policy.md, metadata. */
const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'metadata.google.internal',
];

const withPort = (host: string, port: number | undefined) => {
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${shown}:${port ?? LOOKUP_PORT}`;
};

/** An entry of `outbound` taken apart into where to and its ports. */
const splitPort = (entry: string): [host: string, port: string] => {
  const colon = entry.lastIndexOf(':');
  return [entry.slice(0, colon).replace(/^\[|\]$/g, ''), entry.slice(colon + 1)];
};

/** What one step wider than this host is: the domain above, the network around it. `most` neighbours stay by themselves. */
function widenHost(host: string): string | undefined {
  if (host === '*') return undefined;
  if (host.includes(':')) return host.includes('/') ? '::/0' : networkOf(host, 64);
  if (/^[\d./]+$/.test(host)) return host.includes('/') ? '0.0.0.0/0' : networkOf(host, 24);
  const above = host.replace(/^\*\./, '').split('.').slice(1);
  return above.length > 1 ? `*.${above.join('.')}` : '*';
}

function networkOf(address: string, prefix: number): string | undefined {
  const network = parseIpNetwork(address);
  if (typeof network !== 'object') return undefined;
  const bytes = network.address.map((byte, index) => (index * 8 < prefix ? byte : 0));
  if (bytes.length === 4) return `${bytes.join('.')}/${prefix}`;
  const groups = Array.from({ length: 4 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return `${groups.join(':')}::/${prefix}`;
}

function widenWhere(groups: Groups, most: number): Groups {
  const wider = (entry: string) => {
    const [host, port] = splitPort(entry);
    const wide = widenHost(host);
    return wide === undefined ? entry : wide.includes(':') ? `[${wide}]:${port}` : `${wide}:${port}`;
  };
  const counts = groupBy(
    [...groups.keys()].map((value) => ({ kind: 'domain', value, count: 0, first: 0, last: 0 })),
    ({ value }) => wider(value),
  );
  return regroup(groups, (entry) => ((counts.get(wider(entry))?.length ?? 0) > most ? wider(entry) : entry));
}

function suggestOutbound(entries: ModelEntry[], limit: number): Groups {
  const used = entries.filter(({ kind, value }) => kind !== 'address' || !isLoopback(value));
  const reached = used.filter(({ kind, port }) => kind !== 'lookup' && port !== undefined);
  // A name that is connected to need not be allowed for looking up as well.
  const names = new Set(reached.map(({ value }) => value));
  const needed = used.filter((entry) => reached.includes(entry) || !names.has(entry.value));
  let groups = groupBy(needed, ({ value, port }) => {
    // A name that was too long for the init's table ends in two stars.
    const entry = withPort(value.replace('**', '*'), port);
    return typeof parseOutbound(entry) === 'string' ? undefined : entry;
  });
  groups = widenWhere(groups, NEIGHBOURS);
  for (let most = NEIGHBOURS / 2; groups.size > limit && most >= 1; most /= 2)
    groups = widenWhere(groups, most);
  // A name has fewer labels than this that are not the same as another's.
  for (let depth = 0; groups.size > limit && depth < 8; depth++) groups = widenWhere(groups, 0);
  return groups.size > limit ? regroup(groups, () => '*') : groups;
}

function suggestListen(entries: ModelEntry[], limit: number): Groups {
  const udp = new Set(entries.filter(({ value }) => value === 'udp').map(({ port }) => port));
  const groups = groupBy(entries, ({ value, port = 0 }) =>
    isFreePort(port) || (value === 'udp' && udp.size > RANDOM_PORTS) ? '0' : String(port),
  );
  return groups.size <= limit ? groups : regroup(groups, () => '0-65535');
}

export type LearnedNetwork = {
  listen: Groups;
  outbound: Groups;
  unix: Groups;
  metadata: NetworkSettings['metadata'];
};

/** What the network section has to allow. */
export function suggestNetwork(entries: ModelEntry[], limit: number): LearnedNetwork {
  const of = (...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind));
  const usesMetadata = of('domain', 'address', 'lookup').some(({ value }) => METADATA.includes(value));
  return {
    listen: suggestListen(of('listen'), limit),
    outbound: suggestOutbound(of('domain', 'address', 'lookup'), limit),
    unix: generalisePaths(of('unix'), {
      trees: [],
      inFolder: '/*',
      siblings: 8,
      limit,
      findProblem: findUnixProblem,
    }),
    metadata: usesMetadata ? 'allow' : 'deny',
  };
}
