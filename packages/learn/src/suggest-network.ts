/** Ports from here on are those that Linux gives to who asks for any (net.ipv4.ip_local_port_range). */
const FIRST_FREE_PORT = 32_768;
/** So many names below one domain are written as one glob. */
const MANY_NAMES = 8;

const withPort = (host: string, port: number | undefined) =>
  port ? `${host.includes(':') ? `[${host}]` : host}:${port}` : host;

/** The entry of `outbound` for an address or a domain. */
export const suggestOutbound = (value: string, port: number | undefined): string => withPort(value, port);

/** The entry of `listen` for a port that was bound; 0 stands for any free one. */
export const suggestListen = (port: number): number => (port >= FIRST_FREE_PORT ? 0 : port);

/** Domains of which there are many below one parent are put together; top-level domains never are. */
export function findWildcardDomain(domain: string, all: readonly string[]): string {
  const parent = domain.slice(domain.indexOf('.') + 1);
  if (!parent.includes('.')) return domain;
  const siblings = new Set(all.filter((name) => name.endsWith(`.${parent}`)));
  return siblings.size > MANY_NAMES ? `*.${parent}` : domain;
}
