import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import dnsPacket, { type Answer, type Packet, type Question } from 'dns-packet';

/** Packets that go back for a question, in this order; a packet may be any bytes. */
export type Reply = (
  question: Question,
  query: Packet,
  bytes: Buffer,
  transport: 'udp' | 'tcp',
) => (Packet | Buffer)[];

/** The answer of a recursive server to this query. */
export const answerTo = (
  query: Packet,
  answers: Answer[],
  more: Partial<Packet> & { code?: number } = {},
) => ({
  type: 'response' as const,
  id: query.id ?? 0,
  questions: query.questions ?? [],
  answers,
  ...more,
  flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | (more.flags ?? 0) | (more.code ?? 0),
});

/** Serves names over UDP and TCP at one port, and keeps the queries as they arrived. */
export async function serveNames(reply: Reply, { host = '127.0.0.1', port = 0 } = {}) {
  const queries: { bytes: Buffer; transport: 'udp' | 'tcp'; port: number }[] = [];
  const replyTo = (bytes: Buffer, transport: 'udp' | 'tcp', from: number) => {
    queries.push({ bytes, transport, port: from });
    const query = dnsPacket.decode(bytes);
    const [question] = query.questions ?? [];
    if (!question) throw new Error('a query without a question arrived');
    return reply(question, query, bytes, transport).map((packet) =>
      Buffer.isBuffer(packet) ? packet : dnsPacket.encode(packet),
    );
  };
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  udp.on('message', (bytes, from) => {
    for (const packet of replyTo(bytes, 'udp', from.port)) udp.send(packet, from.port, from.address);
  });
  const tcp = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0);
        for (const packet of replyTo(received.subarray(2, end), 'tcp', socket.remotePort ?? 0)) {
          const prefix = Buffer.alloc(2);
          prefix.writeUInt16BE(packet.length);
          socket.write(Buffer.concat([prefix, packet]));
        }
        received = received.subarray(end);
      }
    });
  });
  tcp.listen(port, host); // first: its ports are the ones that stay taken for a while
  await once(tcp, 'listening');
  udp.bind((tcp.address() as AddressInfo).port, host);
  await once(udp, 'listening');
  return {
    queries,
    port: udp.address().port,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}
