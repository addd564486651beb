import type { ModelEntry } from '@ringfence/audit';
import type { RuntimeRule } from '@ringfence/policy/schema';
import {
  ANY_FURTHER,
  coversGlob,
  coversPath,
  expandFilePattern,
  Glob,
  holdsNetwork,
  matchGlob,
  type NetworkSettings,
  type Outbound,
  type ProcessEntry,
  parseIpNetwork,
  pathsOverlap,
  toListenRange,
  toOutbound,
  toProcessEntry,
} from '@ringfence/policy/schema';

const encoder = new TextEncoder();

/** Does the list of argument patterns allow every command line that the other stands for? */
export function coversArguments(allowed: string[], used: string[]): boolean {
  const [pattern, ...rest] = allowed;
  if (pattern === ANY_FURTHER) return true;
  const [argument, ...others] = used;
  if (pattern === undefined || argument === undefined) return pattern === argument;
  return (
    argument !== ANY_FURTHER &&
    coversGlob(new Glob(pattern), new Glob(argument)) &&
    coversArguments(rest, others)
  );
}

function allowsProcess(allowed: ProcessEntry, { value, arguments: used }: ModelEntry): boolean {
  if (!coversPath(new Glob(allowed.path), new Glob(value))) return false;
  return allowed.arguments === undefined || coversArguments(allowed.arguments, used ?? [ANY_FURTHER]);
}

/** Without a port it is about a lookup, or about sorting addresses, for which any port is enough. */
const hasPort = ({ ports }: Outbound, port: number | undefined) =>
  port === undefined || (port >= ports.from && port <= ports.to);

function leadsTo({ destination }: Outbound, { kind, value }: ModelEntry): boolean {
  if (destination.kind === 'any') return true;
  if (destination.kind === 'domain')
    return kind !== 'address' && matchGlob(encoder.encode(destination.glob), encoder.encode(value));
  const network = parseIpNetwork(value);
  return kind === 'address' && typeof network === 'object' && holdsNetwork(destination.network, network);
}

/** Whether the kernel gives such a port to who asks for any free one, by its defaults (ip(7), ip_local_port_range). */
export const isFreePort = (port: number) => port === 0 || (port >= 32_768 && port <= 60_999);

/** Where a port may be any free one, UDP gets one of these instead of the one that it asks for. */
function allowsListen({ listen }: NetworkSettings, protocol: string, port: number): boolean {
  const asked = protocol === 'udp' || isFreePort(port) ? [port, 0] : [port];
  return listen.map(toListenRange).some(({ from, to }) => asked.some((one) => one >= from && one <= to));
}

/** Loopback may always be reached; the unspecified addresses lead there. */
export const isLoopback = (address: string) => /^(127\.|0\.0\.0\.0$|::1?$)/.test(address);

function allowsNetwork(network: NetworkSettings, entry: ModelEntry): boolean {
  const { kind, value, port } = entry;
  if (kind === 'listen') return allowsListen(network, value, port ?? 0);
  if (kind === 'address' && isLoopback(value)) return true;
  if (kind === 'unix') return network.unix.some((pattern) => coversPath(new Glob(pattern), new Glob(value)));
  return network.outbound
    .map(toOutbound)
    .some((outbound) => hasPort(outbound, port) && leadsTo(outbound, entry));
}

/** What holds nothing may always be read and written. */
export const isHarmless = (path: string) => /^\/dev\/(null|zero|full|random|urandom|tty)$/.test(path);

/**
 * Does the rule let everything happen that the entry stands for? As the init decides it (docs/defender.md), except for what
 * depends on the moment or the machine: `sealed`, endpoints of metadata, miners, and the platform's own services.
 */
export function allowsEntry(rule: RuntimeRule, entry: ModelEntry): boolean {
  const { process, network, files } = rule;
  switch (entry.kind) {
    case 'process':
      return (
        process.effect === 'disable' ||
        process.allow.some((allowed) => allowsProcess(toProcessEntry(allowed), entry))
      );
    case 'read':
    case 'write':
    case 'execute': {
      if (files === undefined || files.effect === 'disable') return true;
      if (entry.kind !== 'execute' && isHarmless(entry.value)) return true;
      const denied = { read: files.denyRead, write: files.denyWrite, execute: files.denyExecute };
      const toGlob = (pattern: string) => new Glob(expandFilePattern(pattern));
      const path = toGlob(entry.value);
      return (
        files[entry.kind].some((pattern) => coversPath(toGlob(pattern), path)) &&
        !denied[entry.kind].some((pattern) => pathsOverlap(toGlob(pattern), path))
      );
    }
    default:
      return network === undefined || network.effect === 'disable' || allowsNetwork(network, entry);
  }
}
