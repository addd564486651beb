import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compilePolicy, Policy } from '@ringfence/policy';
import dnsPacket, { type DecodedPacket, type Packet } from 'dns-packet';
import { buildHost } from './console-host.ts';
import { identity } from './protect.ts';

/** Builds the resolver with its test program, checked by ASan and UBSan; returns the executable. */
export const buildResolverHost = () => buildHost('resolver-host');

type Network = { effect?: string; outbound?: string[]; metadata?: string };

/** Writes a packet with a question for this name. */
export const queryFor = (name: string, type = 'A', more: Partial<Packet> = {}): Buffer =>
  dnsPacket.encode({
    type: 'query',
    id: 0x1234,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ name, type: type as 'A' }],
    ...more,
  });

export type Resolver = Awaited<ReturnType<typeof startResolver>>;

/** Starts the resolver for a policy's network section, with name servers at `dnsPort`. */
export async function startResolver(
  executable: string,
  network: Network,
  {
    dnsPort,
    resolv = 'nameserver 127.0.0.1\n',
    process,
  }: { dnsPort: number; resolv?: string; process?: { miners?: string } },
) {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-resolver-'));
  const policy = Policy.parse({ version: 1, runtime: { rules: [{ name: 'all', network, process }] } });
  writeFileSync(
    join(folder, 'policy'),
    compilePolicy({ policy, identity: { ...identity }, revision: 1, issuedAt: 0 }),
  );
  writeFileSync(join(folder, 'resolv.conf'), resolv);
  const child = spawn(executable, [join(folder, 'policy')], {
    env: { TEST_HOSTS: '/dev/null', TEST_RESOLV: join(folder, 'resolv.conf'), TEST_DNS_PORT: `${dnsPort}` },
  });
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const told = async (start: string) => {
    const search = () => lines.find((line) => line.startsWith(start));
    while (!search()) {
      const ended = await Promise.race([once(reader, 'line').then(() => false), exited.then(() => true)]);
      if (ended) throw new Error(`the resolver ended and never told "${start}": ${errors}`);
    }
    return search() ?? '';
  };
  const [, udp = 0, tcp = 0, udp6 = 0] = (await told('ports')).split(' ').map(Number);
  return {
    pid: child.pid ?? 0,
    ports: { udp, tcp, udp6 },
    audits: () => lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
    /** Whether a connection to the address would be let through now. */
    async reaches(address: string, port: number) {
      const asked = `${address} ${port}`;
      child.stdin.write(`${asked}\n`);
      const line = await told(asked);
      lines.splice(lines.indexOf(line), 1);
      return line === `${asked} reachable`;
    },
    /** Ends it; throws when a sanitizer found something, or when it had ended by itself. */
    async stop() {
      child.stdin.end();
      const [code, signal] = await exited;
      rmSync(folder, { recursive: true });
      if (code !== 0) throw new Error(`resolver-host ended with ${code ?? signal}: ${errors}`);
    },
  };
}

/** Sends packets to a UDP port from one socket, and waits for as many answers. */
export async function askUdp(
  port: number,
  packets: Buffer[],
  { host = '127.0.0.1', answers = packets.length } = {},
) {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const received: Buffer[] = [];
  for (const packet of packets) socket.send(packet, port, host);
  while (received.length < answers) {
    const [message] = await once(socket, 'message');
    received.push(message);
  }
  socket.close();
  return received;
}

/** Reads an answer; the codec's types leave its code out. */
export const decode = (answer: Buffer | undefined) =>
  dnsPacket.decode(answer as Buffer) as DecodedPacket & { rcode: string };

/** Asks one question over UDP. */
export async function ask(port: number, packet: Buffer) {
  const [answer] = await askUdp(port, [packet]);
  return decode(answer);
}

/** Sends bytes over one TCP connection; resolves with the messages received when there are `answers` of them, or when it is closed. */
export async function askTcp(port: number, bytes: Buffer, answers: number) {
  const socket = connect(port, '127.0.0.1');
  const messages: Buffer[] = [];
  let received = Buffer.alloc(0);
  socket.write(bytes);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      messages.push(received.subarray(2, end));
      received = received.subarray(end);
    }
    if (messages.length >= answers) break;
  }
  return messages;
}

/** Puts its length in front of a message, as TCP wants it. */
export function prefixed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}
