/** Addresses whose first `prefix` bits are those of `address`: 4 bytes for IPv4, 16 for IPv6. */
export type IpNetwork = { address: Uint8Array; prefix: number };

const MAPPED_PREFIX = 96;

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  // The host of a URL has the IPv4 part in hexadecimal and at most one ::.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

/** Is this an IPv6 address that stands for an IPv4 one (`::ffff:192.0.2.1`)? */
export function isMapped(address: Uint8Array): boolean {
  return (
    address.length === 16 && address.subarray(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 255))
  );
}

/** A network of addresses that stand for IPv4 ones as that IPv4 network; any other as it is. */
export function unmap(network: IpNetwork): IpNetwork {
  const { address, prefix } = network;
  return isMapped(address) && prefix >= MAPPED_PREFIX
    ? { address: address.slice(12), prefix: prefix - MAPPED_PREFIX }
    : network;
}

/** Is every bit behind the prefix 0? */
export function isAligned({ address, prefix }: IpNetwork): boolean {
  return address.every((byte, index) => (byte & (255 >> Math.min(Math.max(prefix - index * 8, 0), 8))) === 0);
}

/** Is every address of the narrow network in the wide one? */
export function holdsNetwork(wide: IpNetwork, narrow: IpNetwork): boolean {
  return (
    wide.address.length === narrow.address.length &&
    wide.prefix <= narrow.prefix &&
    wide.address.every((byte, index) => {
      const bits = Math.min(Math.max(wide.prefix - index * 8, 0), 8);
      return ((byte ^ (narrow.address[index] ?? 0)) & (0xff00 >> bits)) === 0;
    })
  );
}

/**
 * Reads an IPv4 or IPv6 address, or a network such as `10.0.0.0/8`; undefined when the text is neither, a text says what is
 * wrong with it. An IPv4-mapped IPv6 address is read as the IPv4 address.
 */
export function parseIpNetwork(text: string): IpNetwork | string | undefined {
  const [addressText = '', prefixText, more] = text.split('/');
  const address = parseIpv4(addressText) ?? parseIpv6(addressText);
  if (address === undefined) return undefined;
  const bits = address.length * 8;
  if (more !== undefined || (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText)))
    return `must have a number from 0 to ${bits} behind the /`;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return `must have a number from 0 to ${bits} behind the /, not ${prefix}`;
  const network = { address, prefix };
  if (!isAligned(network))
    return `must begin with the first address of its network: bits behind the first ${prefix} are set in ${addressText}`;
  return unmap(network);
}

/** A network, as `parseIpNetwork` reads it. Throws for a text that is none. */
export function toIpNetwork(text: string): IpNetwork {
  const network = parseIpNetwork(text);
  if (typeof network === 'object') return network;
  throw new RangeError(`${text} ${network ?? 'is no IPv4 or IPv6 network'}`);
}
