import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, joinBytes } from '../encode-integers.ts';
import { EFFECTS, type Effect } from '../sections/effect.ts';
import { type IpNetwork, isAligned, isMapped } from '../sections/ip-network.ts';
import { findUnixProblem, type NetworkSettings } from '../sections/network.ts';
import { type Destination, findDomainProblem, type Outbound } from '../sections/outbound.ts';
import type { PortRange } from '../sections/port-range.ts';
import { decodeGlob, encodeGlob } from './glob-codec.ts';

export type CompiledNetwork = {
  effect: Effect;
  metadata: NetworkSettings['metadata'];
  listen: PortRange[];
  outbound: Outbound[];
  unix: string[];
};

const METADATA = ['deny', 'allow'] as const;
const [ANY, IPV4, IPV6, DOMAIN] = [0, 1, 2, 3] as const;

const encodePorts = ({ from, to }: PortRange) => encodeIntegers([2, from], [2, to]);

function destinationFields(destination: Destination): { kind: number; prefix: number; bytes: Uint8Array } {
  switch (destination.kind) {
    case 'any':
      return { kind: ANY, prefix: 0, bytes: new Uint8Array() };
    case 'domain':
      return { kind: DOMAIN, prefix: 0, bytes: new TextEncoder().encode(destination.glob) };
    case 'network': {
      const { address, prefix } = destination.network;
      return { kind: address.length === 4 ? IPV4 : IPV6, prefix, bytes: address };
    }
  }
}

function encodeOutbound({ destination, ports }: Outbound): Uint8Array {
  const { kind, prefix, bytes } = destinationFields(destination);
  return joinBytes([
    encodeIntegers([1, kind], [1, prefix]),
    encodePorts(ports),
    encodeIntegers([2, bytes.length]),
    bytes,
  ]);
}

/** The body of section 3. */
export function encodeNetwork({ effect, metadata, listen, outbound, unix }: CompiledNetwork): Uint8Array {
  return joinBytes([
    encodeIntegers([1, EFFECTS.indexOf(effect)], [1, METADATA.indexOf(metadata)]),
    encodeIntegers([2, listen.length], [2, outbound.length], [2, unix.length]),
    ...listen.map(encodePorts),
    ...outbound.map(encodeOutbound),
    ...unix.map(encodeGlob),
  ]);
}

function decodePorts(reader: ByteReader): PortRange {
  const ports = { from: reader.u16(), to: reader.u16() };
  if (ports.from > ports.to) reader.fail(`the ports from ${ports.from} to ${ports.to} are no range`);
  return ports;
}

function decodeIpNetwork(reader: ByteReader, kind: number, prefix: number, length: number): IpNetwork {
  if (length !== (kind === IPV4 ? 4 : 16)) reader.fail(`an address cannot be ${length} bytes long`);
  const network = { address: reader.bytes(length), prefix };
  if (prefix > length * 8) reader.fail(`a network cannot have a prefix of ${prefix} bits`);
  if (!isAligned(network)) reader.fail('bits behind the prefix of a network are set');
  if (isMapped(network.address) && prefix >= 96) reader.fail('an IPv4 network is given as an IPv6 one');
  return network;
}

function decodeDestination(reader: ByteReader, kind: number, prefix: number, length: number): Destination {
  if (kind === IPV4 || kind === IPV6)
    return { kind: 'network', network: decodeIpNetwork(reader, kind, prefix, length) };
  reader.expectZero(prefix, 'the prefix of what is no network');
  if (kind === ANY) {
    reader.expectZero(length, 'the length of any destination');
    return { kind: 'any' };
  }
  if (kind !== DOMAIN) reader.fail(`there is no kind of destination ${kind}`);
  const glob = reader.text(length, 'a domain');
  const problem = glob === '*' ? 'must be given as any destination' : findDomainProblem(glob);
  if (problem !== undefined) reader.fail(`domain ${JSON.stringify(glob)} ${problem}`);
  return { kind: 'domain', glob };
}

function decodeOutbound(reader: ByteReader): Outbound {
  const [kind, prefix] = [reader.u8(), reader.u8()];
  const ports = decodePorts(reader);
  return { destination: decodeDestination(reader, kind, prefix, reader.u16()), ports };
}

/** Reads the body of section 3. */
export function decodeNetwork(reader: ByteReader): CompiledNetwork {
  const effect = reader.choice(EFFECTS, 'effect');
  const metadata = reader.choice(METADATA, 'set of network flags');
  const [listen, outbound, unix] = [reader.u16(), reader.u16(), reader.u16()];
  return {
    effect,
    metadata,
    listen: Array.from({ length: listen }, () => decodePorts(reader)),
    outbound: Array.from({ length: outbound }, () => decodeOutbound(reader)),
    unix: Array.from({ length: unix }, () => decodeGlob(reader, findUnixProblem)),
  };
}
