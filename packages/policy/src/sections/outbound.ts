import { type IpNetwork, parseIpNetwork } from './ip-network.ts';
import { HIGHEST_PORT, type PortRange, parsePortRange } from './port-range.ts';

/** Where connections may go: anywhere, to a network, or to what a name that the glob matches was resolved to. */
export type Destination =
  | { kind: 'any' }
  | { kind: 'network'; network: IpNetwork }
  | { kind: 'domain'; glob: string };
export type Outbound = { destination: Destination; ports: PortRange };

const ANY_PORT: PortRange = { from: 0, to: HIGHEST_PORT };
const LABEL = /^(?!-)[a-z0-9_*-]{1,63}(?<!-)$/;

/** Says in words why a lower-case domain glob can't be used, or undefined when it can. */
export function findDomainProblem(glob: string): string | undefined {
  if (/^[0-9.*]+$/.test(glob) || /(^|\.)[0-9]+$/.test(glob))
    return 'must be a domain, or a whole address or network such as 192.0.2.7 or 10.0.0.0/8';
  if (glob.length > 253) return 'must be a domain of at most 253 characters';
  if (glob.includes('**')) return 'must not contain **; one * stands for any characters, dots included';
  if (glob.includes('?')) return 'must not contain ?; only * is a wildcard in a domain';
  if (/[^\u0020-\u007e]/.test(glob))
    return 'must be a domain in ASCII; write xn--… for one with other letters';
  if (glob.endsWith('.')) return 'must not end with a dot';
  if (!glob.split('.').every((label) => LABEL.test(label)))
    return 'must be a domain such as db.internal or *.example.com, an address, a network such as 10.0.0.0/8, or *';
  return undefined;
}

/** `host`, `host:ports` or `[IPv6]:ports`, taken apart. */
function splitEntry(text: string): { host: string; ports: string | undefined } {
  const [, bracketed, behind] = /^\[([^\]]*)\](?::(.*))?$/s.exec(text) ?? [];
  if (bracketed !== undefined) return { host: bracketed, ports: behind };
  const colon = text.indexOf(':');
  // Two colons without brackets: an IPv6 address without a port.
  if (colon < 0 || text.includes(':', colon + 1)) return { host: text, ports: undefined };
  return { host: text.slice(0, colon), ports: text.slice(colon + 1) };
}

/** Reads an entry of `outbound`: `destination`, `destination:port` or `destination:port-port`; a text says what is wrong. */
export function parseOutbound(text: string): Outbound | string {
  const { host, ports: portText } = splitEntry(text);
  const ports = portText === undefined ? ANY_PORT : parsePortRange(portText, 1);
  if (typeof ports === 'string') return ports;
  if (host === '*') return { destination: { kind: 'any' }, ports };
  const network = parseIpNetwork(host);
  if (typeof network === 'string') return network;
  if (network !== undefined) return { destination: { kind: 'network', network }, ports };
  if (host.includes(':')) return 'must be an IPv6 address or network; with a port write [2001:db8::1]:443';
  const glob = host.toLowerCase();
  return findDomainProblem(glob) ?? { destination: { kind: 'domain', glob }, ports };
}

/** An entry of `outbound` taken apart. Throws for one that the schema refuses. */
export function toOutbound(entry: string): Outbound {
  const outbound = parseOutbound(entry);
  if (typeof outbound === 'string') throw new RangeError(outbound);
  return outbound;
}
